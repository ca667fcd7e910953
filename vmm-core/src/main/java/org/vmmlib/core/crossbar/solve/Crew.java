package org.vmmlib.core.crossbar.solve;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.crossbar.Crossbar;

/**
 * Does the two halves of a piece of work, one after the other or on two threads, with the same result. The second thread
 * is started when it is first needed, sleeps between pieces of work, and ends when there was none for a while; nothing
 * is allocated as long as it lives. A crew belongs to one calling thread.
 */
final class Crew {

    /** Two independent halves. */
    interface Work {
        /** Does half 0 or half 1. */
        void half(int side);
    }

    private static final int SPINS = 2_000;
    private static final int YIELDS = 200;
    private static final long IDLE_NANOSECONDS = 200_000_000L;

    private final boolean parallel;
    private final AtomicBoolean alive = new AtomicBoolean();
    private @Nullable Work work;
    private volatile @Nullable Thread thread;
    private volatile int given;
    private volatile int done;
    private volatile boolean asleep;
    private @Nullable Throwable failure;

    /** Fewer cells than this are solved sooner than a second thread is woken. */
    private static final long SMALL = 128 * 128;

    /**
     * @param threads 1 or 2
     * @param crossbar the array that is to be solved
     */
    Crew(int threads, Crossbar crossbar) {
        parallel = threads > 1 && (long) crossbar.rows() * crossbar.columns() >= SMALL;
    }

    /** Does both halves; what one throws is thrown here. */
    void run(Work next) {
        if (!parallel) {
            next.half(0);
            next.half(1);
            return;
        }
        work = next;
        int ticket = given + 1;
        given = ticket;
        if (alive.compareAndSet(false, true)) {
            Thread second = new Thread(() -> serve(ticket - 1), "vmm-solve");
            second.setDaemon(true);
            thread = second;
            second.start();
        } else if (asleep) {
            LockSupport.unpark(thread);
        }
        Throwable first = null;
        try {
            next.half(0);
        } catch (RuntimeException | Error e) {
            first = e;
        }
        for (int k = 0; done != ticket; k++) {
            pause(k);
        }
        Throwable second = failure;
        failure = null;
        work = null;
        throwAny(first);
        throwAny(second);
    }

    private static void throwAny(@Nullable Throwable e) {
        if (e instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (e instanceof Error error) {
            throw error;
        }
    }

    /** Spins for a moment, then gives way: the other half is done within microseconds, too soon to park for it. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void pause(int k) {
        if (k < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    private void serve(int from) {
        int seen = from;
        while (true) {
            if (given == seen && !await(seen)) {
                alive.set(false);
                if (given == seen || !alive.compareAndSet(false, true)) {
                    return;
                }
            }
            seen = given;
            Work next = work;
            try {
                if (next != null) {
                    next.half(1);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            done = seen;
        }
    }

    /** Waits for work; false if none came for long. */
    private boolean await(int seen) {
        for (int k = 0; k < SPINS + YIELDS; k++) {
            if (given != seen) {
                return true;
            }
            pause(k);
        }
        asleep = true;
        long end = System.nanoTime() + IDLE_NANOSECONDS;
        long left = IDLE_NANOSECONDS;
        while (given == seen && left > 0) {
            LockSupport.parkNanos(this, left);
            left = end - System.nanoTime();
        }
        asleep = false;
        return given != seen;
    }
}
