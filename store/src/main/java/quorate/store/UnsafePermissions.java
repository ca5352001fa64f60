package quorate.store;

import java.nio.file.Path;

/** A file or folder is open to more than the user who runs the node. */
public final class UnsafePermissions extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String path;

    UnsafePermissions(Path path, String finding, String remedy) {
        super(path + " " + finding + "; " + remedy);
        this.path = path.toString();
    }

    public String path() {
        return path;
    }

    @Override
    public String code() {
        return "UNSAFE_PERMISSIONS";
    }
}
