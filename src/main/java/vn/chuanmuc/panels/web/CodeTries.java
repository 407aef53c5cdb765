package vn.chuanmuc.panels.web;

import java.net.InetAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How many wrong codes may be tried in a minute, on one instance. Right ones pass whatever was tried before them: twenty members vote
 * behind the one address of their office, and none of them may keep the others from voting by mistyping on purpose. 60 random bits,
 * not this, keep codes from being found. Nothing of it is written down.
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

    /** Whether a wrong code is still answered; counts it. */
    synchronized boolean answered(String address) {
        turn();
        String asker = network(address);
        int before = askers.getOrDefault(asker, 0);
        if (before >= OF_ONE || all >= OF_ALL || (before == 0 && askers.size() >= MOST_ASKERS)) {
            return false; // what is refused uses up nobody's share
        }
        all++;
        askers.put(asker, before + 1);
        return true;
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
