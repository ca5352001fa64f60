package quorate.store;

import java.nio.file.Path;

/** A restore would overwrite what is there, and was not told to. */
public final class TargetNotEmpty extends StoreException {
    private static final long serialVersionUID = 1L;

    TargetNotEmpty(Path target, String holds) {
        super(target + " already holds " + holds + "; nothing was changed");
    }

    @Override
    public String code() {
        return "TARGET_NOT_EMPTY";
    }
}
