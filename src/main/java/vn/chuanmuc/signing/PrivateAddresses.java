package vn.chuanmuc.signing;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses are no place of the public Internet (IANA special-purpose registries, RFC 6890 and later). */
final class PrivateAddresses {
    private PrivateAddresses() {}

    static boolean isPrivate(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? ofSix(bytes) : ofFour(bytes);
    }

    private static boolean ofFour(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        return switch (first) {
            case 0, 10, 127 -> true;
            case 100 -> second >= 64 && second < 128; // carriers' NAT
            case 169 -> second == 254;
            case 172 -> second >= 16 && second < 32;
            case 192 -> second == 168 || second == 0 && (third == 0 || third == 2);
            case 198 -> second == 18 || second == 19 || second == 51 && third == 100;
            case 203 -> second == 0 && third == 113;
            default -> first >= 224;
        };
    }

    private static boolean ofSix(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        // Only 2000::/3 is given out for the public Internet; in it 6to4, Teredo and the like lead to an IPv4 address
        // of anybody's choice.
        boolean publicSpace = (first & 0xe000) == 0x2000;
        boolean special = first == 0x2002
                || first == 0x2001 && (bytes[2] & 0xff) < 2
                || first == 0x2001 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8;
        return !publicSpace || special;
    }
}
