package vn.chuanmuc.kernel;

import java.io.ByteArrayOutputStream;
import java.text.Collator;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One word of a name with its keys. A people writes its names with a few thousand words, so the keys are remembered: the
 * collation key of one word alone takes about 4 µs.
 */
final class NameWord {

    /** Ends a word inside a sort key. No encoded collation unit begins with it. */
    static final int SEPARATOR = 0;

    /** A bound on memory, not on names: words beyond it are worked out each time. */
    private static final int REMEMBERED = 8_192;

    private static final ConcurrentHashMap<String, NameWord> KNOWN = new ConcurrentHashMap<>();

    /**
     * Not thread-safe for setters, but {@code getCollationKey} of the JDK's collator locks itself; and it is asked only for words
     * not yet known. Case is folded before, so its third level has nothing to say and is left out.
     */
    private static final Collator VIETNAMESE = vietnamese();

    private final String folded;
    private final byte[] sortKey;

    private NameWord(String word) {
        this.folded = fold(word);
        this.sortKey = encode(VIETNAMESE.getCollationKey(folded).toByteArray());
    }

    static NameWord of(String word) {
        var known = KNOWN.get(word);
        if (known != null) {
            return known;
        }
        var made = new NameWord(word);
        if (KNOWN.size() < REMEMBERED) {
            KNOWN.putIfAbsent(word, made);
        }
        return made;
    }

    String folded() {
        return folded;
    }

    void writeSortKey(ByteArrayOutputStream key) {
        key.writeBytes(sortKey);
        key.write(SEPARATOR);
    }

    private static String fold(String word) {
        var lower = word.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replace('‘', '\'')
                .replace('ʼ', '\'')
                .replace('‐', '-')
                .replace('‑', '-')
                .replace('–', '-');
        var folded = new StringBuilder(lower.length());
        var syllable = 0;
        for (var i = 0; i <= lower.length(); i++) {
            if (i == lower.length() || "'-.".indexOf(lower.charAt(i)) >= 0) {
                folded.append(Syllable.withToneInPlace(lower.substring(syllable, i)));
                if (i < lower.length()) {
                    folded.append(lower.charAt(i));
                }
                syllable = i + 1;
            }
        }
        return Normalizer.normalize(folded, Form.NFC);
    }

    /**
     * The collation key's 16-bit units in fewer bytes and the same order: 0 (which parts the levels) as 01, the small units
     * letters have as one byte 02–E0, any other as E1 and its two bytes. So no unit begins with 00, and that can end a word.
     */
    private static byte[] encode(byte[] collationKey) {
        var bytes = new ByteArrayOutputStream(collationKey.length);
        for (var i = 0; i < collationKey.length; i += 2) {
            var unit = Byte.toUnsignedInt(collationKey[i]) << 8 | Byte.toUnsignedInt(collationKey[i + 1]);
            if (unit < 0xE0) {
                bytes.write(unit + 1);
            } else {
                bytes.write(0xE1);
                bytes.write(unit >> 8);
                bytes.write(unit);
            }
        }
        return bytes.toByteArray();
    }

    private static Collator vietnamese() {
        var collator = Collator.getInstance(Locale.of("vi"));
        collator.setDecomposition(Collator.CANONICAL_DECOMPOSITION);
        collator.setStrength(Collator.SECONDARY);
        // A run time without the module jdk.localedata would quietly give another order.
        Check.that(collator.compare("dz", "đa") < 0 && collator.compare("ạ", "ă") < 0, "no Vietnamese collation here");
        return collator;
    }
}
