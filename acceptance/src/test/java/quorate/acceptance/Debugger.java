package quorate.acceptance;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Has a node stand still exactly where a test wants to kill it: at the entry of a method, after others were entered
 * one after the other. The node itself knows nothing of it.
 */
final class Debugger implements AutoCloseable {
    private final VirtualMachine machine;
    private final List<Entry> path;
    private int reached;

    /** Every method of this name in a class of ours. */
    record Entry(String type, String method) {
        String className() {
            return "quorate." + type;
        }
    }

    private Debugger(VirtualMachine machine, List<Entry> path) {
        this.machine = machine;
        this.path = List.copyOf(path);
        arm(path.getFirst());
    }

    /** From now on the node stands still as soon as it has come along this path. */
    static Debugger attach(int port, List<Entry> path) {
        return new Debugger(connect(port), path);
    }

    /** To a node that was started for a debugger; it goes on. */
    static VirtualMachine connect(int port) {
        var connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(candidate -> candidate.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        var arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(String.valueOf(port));
        try {
            return connector.attach(arguments);
        } catch (IOException | IllegalConnectorArgumentsException e) {
            throw new AssertionError("no debugger at port " + port, e);
        }
    }

    /** Returns when it stands still. */
    void awaitStandstill(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var events = next(deadline);
            for (var event : events) {
                if (hasArrived(event)) {
                    return;
                }
            }
            events.resume();
        }
    }

    private boolean hasArrived(Event event) {
        switch (event) {
            case ClassPrepareEvent prepared -> breakAt(prepared.referenceType(), path.get(reached));
            case BreakpointEvent entered -> {
                reached++;
                var requests = machine.eventRequestManager();
                requests.deleteAllBreakpoints();
                requests.deleteEventRequests(requests.classPrepareRequests());
                if (reached == path.size()) {
                    return true;
                }
                arm(path.get(reached));
            }
            default -> {}
        }
        return false;
    }

    private EventSet next(long deadline) {
        try {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            var events = left <= 0 ? null : machine.eventQueue().remove(left);
            if (events == null) {
                throw new AssertionError("the node never came to " + path.get(reached));
            }
            return events;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The class may not be loaded yet, or be loaded while we ask. */
    private void arm(Entry entry) {
        var loading = machine.eventRequestManager().createClassPrepareRequest();
        loading.addClassFilter(entry.className());
        loading.enable();
        machine.classesByName(entry.className()).forEach(type -> breakAt(type, entry));
    }

    private void breakAt(ReferenceType type, Entry entry) {
        var methods = type.methodsByName(entry.method()).stream()
                .filter(method -> !method.isAbstract() && !method.isBridge())
                .toList();
        if (methods.isEmpty()) {
            throw new AssertionError("there is no " + entry + " any more: name what does its work now");
        }
        methods.stream().map(Method::location).forEach(location -> machine.eventRequestManager()
                .createBreakpointRequest(location)
                .enable());
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException killed) {
            // As it should be.
            return;
        }
    }
}
