package vn.chuanmuc.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** How often one asker may try in a minute, whatever addresses they have. */
class TriesTest {
    private final Tries tries = new Tries(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void aHouseholdOfManyAddressesIsOneAsker() {
        for (int i = 0; i < Tries.OF_ONE; i++) {
            assertThat(tries.allow("2001:db8:1:2::" + Integer.toHexString(i))).isTrue();
        }
        assertThat(tries.allow("2001:db8:1:2:ffff::1")).isFalse();
        assertThat(tries.allow("2001:db8:1:3::1")).as("the next household").isTrue();
    }

    @Test
    void whatIsRefusedUsesUpNobodysShare() {
        for (int i = 0; i < Tries.OF_ALL * 2; i++) {
            tries.allow("2001:db8:1:2::1");
        }
        assertThat(tries.allow("198.51.100.7")).isTrue();
    }
}
