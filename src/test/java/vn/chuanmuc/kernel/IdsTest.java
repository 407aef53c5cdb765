package vn.chuanmuc.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void growInByteOrder() {
        var before = Ids.next();
        for (var i = 0; i < 200_000; i++) {
            var next = Ids.next();
            assertThat(next.version()).isEqualTo(7);
            assertThat(compareBytes(before, next)).isNegative();
            before = next;
        }
    }

    @Test
    void areUniqueOverThreads() throws Exception {
        var seen = ConcurrentHashMap.<UUID>newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = new ArrayList<Future<?>>();
            for (var run = 0; run < 20; run++) {
                runs.add(threads.submit(() -> {
                    for (var i = 0; i < 5_000; i++) {
                        seen.add(Ids.next());
                    }
                }));
            }
            for (var run : runs) {
                run.get();
            }
        }
        assertThat(seen).hasSize(100_000);
    }

    @Test
    void readsWhatAFormCarriesAndNothingElse() {
        UUID id = Ids.next();
        assertThat(Ids.read(id.toString())).isEqualTo(id);
        assertThat(Ids.read(id.toString().toUpperCase(Locale.ROOT))).isEqualTo(id);
        assertThat(Ids.read("")).isNull();
        assertThat(Ids.read("1-1-1-1-1")).isNull();
        assertThat(Ids.read(id + " ")).isNull();
    }

    private static int compareBytes(UUID one, UUID other) {
        var high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
