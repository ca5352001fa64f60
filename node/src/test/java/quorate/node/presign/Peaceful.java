package quorate.node.presign;

import quorate.presign.Origin;
import quorate.presign.Surroundings;

/** Nothing speaks against any presignature. */
final class Peaceful implements Surroundings {
    @Override
    public boolean offersSharing(Origin origin) {
        return true;
    }

    @Override
    public boolean isCurrent(Origin origin) {
        return true;
    }

    @Override
    public boolean hasBannedPair(Origin origin) {
        return false;
    }
}
