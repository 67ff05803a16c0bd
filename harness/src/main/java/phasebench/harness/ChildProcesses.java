package phasebench.harness;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// The processes of the running trial, so that another thread can end them by handle when the user has had enough.
final class ChildProcesses {
    private final Deque<AutoCloseable> alive = new ArrayDeque<>();

    /// Remembers a child; closing one that has ended does nothing, so none needs to be forgotten before the next
    /// trial.
    synchronized <T extends AutoCloseable> T add(T child) {
        alive.addFirst(child);
        return child;
    }

    /// Forgets those of the trial that has ended.
    synchronized void clear() {
        alive.clear();
    }

    /// Ends all of them, the youngest first.
    synchronized void endAll() {
        for (Iterator<AutoCloseable> each = alive.iterator(); each.hasNext(); ) {
            AutoCloseable child = each.next();
            each.remove();
            try {
                child.close();
            } catch (Exception e) {
                // the others still have to be ended
                System.err.println("cannot end a process: " + e);
            }
        }
    }
}
