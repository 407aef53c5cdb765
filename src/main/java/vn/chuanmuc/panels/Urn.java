package vn.chuanmuc.panels;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import vn.chuanmuc.kernel.Check;

/**
 * The ballots of one open round: a sum for each person and choice, and which codes were used, in the order of their hashes. Nothing in
 * it says which code brought which vote, nor in which order. It leaves memory only sealed (AES-256-GCM, a new nonce each time), and
 * its length depends on how many voted alone.
 */
final class Urn {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int HASH = 32;

    private final int persons;
    private final int choices;
    /** By person, then by choice; the last choice is none. */
    private final int[] sums;

    private final TreeSet<String> used = new TreeSet<>();

    Urn(int persons, int choices) {
        this.persons = persons;
        this.choices = choices;
        this.sums = new int[persons * choices];
    }

    /** @param choice for each person; false when the code was used before, and then nothing is added */
    boolean cast(byte[] codeHash, int[] choice) {
        Check.that(choice.length == persons, "a ballot is about everybody of the round");
        for (int one : choice) {
            Check.that(one >= 0 && one < choices, "a choice is on the ballot");
        }
        if (!used.add(HexFormat.of().formatHex(codeHash))) {
            return false;
        }
        for (int person = 0; person < persons; person++) {
            sums[person * choices + choice[person]]++;
        }
        return true;
    }

    boolean used(byte[] codeHash) {
        return used.contains(HexFormat.of().formatHex(codeHash));
    }

    int cast() {
        return used.size();
    }

    int sum(int person, int choice) {
        return sums[person * choices + choice];
    }

    byte[] seal(byte[] key, UUID round, SecureRandom random) {
        var plain = ByteBuffer.allocate(Integer.BYTES * sums.length + HASH * used.size());
        for (int sum : sums) {
            plain.putInt(sum);
        }
        used.forEach(hash -> plain.put(HexFormat.of().parseHex(hash)));
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, round, nonce, plain.array());
        byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        return whole;
    }

    /** @throws IllegalStateException when it was changed, or is another round's */
    static Urn open(byte[] sealed, byte[] key, UUID round, int persons, int choices) {
        byte[] plain = crypt(
                Cipher.DECRYPT_MODE,
                key,
                round,
                Arrays.copyOf(sealed, NONCE),
                Arrays.copyOfRange(sealed, NONCE, sealed.length));
        var urn = new Urn(persons, choices);
        var in = ByteBuffer.wrap(plain);
        for (int at = 0; at < urn.sums.length; at++) {
            urn.sums[at] = in.getInt();
        }
        var hash = new byte[HASH];
        while (in.hasRemaining()) {
            in.get(hash);
            urn.used.add(HexFormat.of().formatHex(hash));
        }
        for (int person = 0; person < persons; person++) {
            int votes = 0;
            for (int choice = 0; choice < choices; choice++) {
                votes += urn.sum(person, choice);
            }
            Check.that(votes == urn.cast(), "as many votes about everybody as codes were used");
        }
        return urn;
    }

    private static byte[] crypt(int mode, byte[] key, UUID round, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(ByteBuffer.allocate(16)
                    .putLong(round.getMostSignificantBits())
                    .putLong(round.getLeastSignificantBits())
                    .array());
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an urn that its key does not open", e);
        }
    }
}
