package vn.chuanmuc.publication;

import java.net.InetAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
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
        String asker = network(address);
        int before = askers.getOrDefault(asker, 0);
        if (before >= OF_ONE || all >= OF_ALL || (before == 0 && askers.size() >= MOST_ASKERS)) {
            return false; // what is refused uses up nobody's share
        }
        all++;
        askers.put(asker, before + 1);
        return true;
    }

    /** One household or office of IPv6 has 2^64 addresses: they are one asker. */
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, 8) : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
