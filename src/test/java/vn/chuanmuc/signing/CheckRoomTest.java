package vn.chuanmuc.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Memory for checks is bounded, however many files come at once. */
class CheckRoomTest {
    @Test
    void fewAreCheckedAtOnceAFewWaitAndTheRestComeAgain() throws Exception {
        var room = new CheckRoom(2, 3);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var open = new CountDownLatch(1);
        var come = new ArrayList<Future<Optional<Boolean>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5; i++) {
                come.add(threads.submit(() -> room.enter(true, () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    await(open);
                    inside.decrementAndGet();
                    return true;
                })));
            }
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (room.waiting() < 3 && System.nanoTime() < patience) {
                Thread.sleep(5);
            }
            assertThat(room.enter(false, () -> true)).as("too many wait").isEmpty();
            open.countDown();
            for (var one : come) {
                assertThat(one.get(20, TimeUnit.SECONDS)).contains(true);
            }
        }
        assertThat(most.get()).isEqualTo(2);
        assertThat(room.enter(false, () -> true)).contains(true);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
