package quorate.acceptance;

import com.sun.jdi.ArrayReference;
import com.sun.jdi.ByteValue;
import com.sun.jdi.LongValue;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.VirtualMachine;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a running node has in its memory, seen through its debugger's port; it goes on meanwhile. */
final class Memory implements AutoCloseable {
    private static final long ALL = 0;

    private final VirtualMachine machine;

    private Memory(VirtualMachine machine) {
        this.machine = machine;
    }

    static Memory of(int debugPort) {
        return new Memory(Debugger.connect(debugPort));
    }

    /** The limbs of the secret scalars in these fields of all objects of this class. */
    List<long[]> limbs(String type, List<String> fields) {
        return objects(type)
                .flatMap(object -> fields.stream().map(field -> value(object, field)))
                .map(scalar -> ((ArrayReference) value(scalar, "limbs"))
                        .getValues().stream()
                        .mapToLong(limb -> ((LongValue) limb).value())
                        .toArray())
                .toList();
    }

    /** The byte arrays in this field of all objects of this class. */
    List<byte[]> bytes(String type, String field) {
        return objects(type)
                .map(object -> {
                    var values = ((ArrayReference) value(object, field)).getValues();
                    var bytes = new byte[values.size()];
                    for (int i = 0; i < bytes.length; i++) {
                        bytes[i] = ((ByteValue) values.get(i)).value();
                    }
                    return bytes;
                })
                .toList();
    }

    private Stream<ObjectReference> objects(String type) {
        return machine.classesByName(type).stream().flatMap(loaded -> loaded.instances(ALL).stream());
    }

    private static ObjectReference value(ObjectReference object, String field) {
        return (ObjectReference) Objects.requireNonNull(
                object.getValue(object.referenceType().fieldByName(field)), () -> "no " + field + " in " + object);
    }

    @Override
    public void close() {
        machine.dispose();
    }
}
