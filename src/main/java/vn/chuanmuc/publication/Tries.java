package vn.chuanmuc.publication;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How often somebody without an account may ask in a minute, on one instance: enough for a person at a counter, too little to try
 * codes one after another. Behind a proxy that forwards no addresses everybody is one asker.
 */
@Component
public class Tries {
    static final int OF_ONE = 30;
    static final int OF_ALL = 1_200;

    private static final int MOST_ASKERS = 20_000;

    private final Clock clock;
    private final Map<String, Integer> askers = new HashMap<>();
    private long minute;
    private int all;

    Tries(Clock clock) {
        this.clock = clock;
    }

    /** Whether one more is allowed; counts it. */
    public synchronized boolean allow(String address) {
        long now = clock.instant().getEpochSecond() / 60;
        if (now != minute) {
            minute = now;
            all = 0;
            askers.clear();
        }
        if (all >= OF_ALL || (askers.size() >= MOST_ASKERS && !askers.containsKey(address))) {
            return false;
        }
        all++;
        return askers.merge(address, 1, Integer::sum) <= OF_ONE;
    }
}
