package vn.chuanmuc.panels.web;

import java.net.InetAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How many wrong codes may be tried in a minute, on one instance. Right ones are not counted: twenty members behind the one address of
 * their office vote at once. Nothing of it is written down.
 */
@Component
class CodeTries {
    static final int OF_ONE = 30;
    static final int OF_ALL = 600;

    private static final int MOST_ASKERS = 20_000;

    private final Clock clock;
    private final Map<String, Integer> askers = new HashMap<>();
    private long minute;
    private int all;

    CodeTries(Clock clock) {
        this.clock = clock;
    }

    /** Whether this address may go on; asks, counts nothing. */
    synchronized boolean open(String address) {
        turn();
        return askers.getOrDefault(network(address), 0) < OF_ONE && all < OF_ALL;
    }

    synchronized void wrong(String address) {
        turn();
        all++;
        if (askers.size() < MOST_ASKERS || askers.containsKey(network(address))) {
            askers.merge(network(address), 1, Integer::sum);
        }
    }

    private void turn() {
        long now = clock.instant().getEpochSecond() / 60;
        if (now != minute) {
            minute = now;
            all = 0;
            askers.clear();
        }
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
