package vn.chuanmuc.signing;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Where files are checked: a check takes many times a file's size in memory, so few are in it at once, a few more wait at the door, and
 * the rest are asked to come again.
 */
final class CheckRoom {
    private final Semaphore places;
    private final int door;

    CheckRoom(int places, int door) {
        this.places = new Semaphore(places, true);
        this.door = door;
    }

    /**
     * @param patient waits however many wait: for what nobody could hand in again
     * @return empty when too many wait
     */
    <T> Optional<T> enter(boolean patient, Supplier<T> work) {
        if (!patient && places.getQueueLength() >= door) {
            return Optional.empty();
        }
        places.acquireUninterruptibly();
        try {
            return Optional.of(work.get());
        } finally {
            places.release();
        }
    }

    int waiting() {
        return places.getQueueLength();
    }
}
