package vn.chuanmuc.kernel;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/** The Vietnamese syllable: a consonant or none, one run of vowels, a consonant or none; at most one tone on the vowels. */
final class Syllable {

    /** Huyền, sắc, ngã, hỏi, nặng as combining marks. Breve, circumflex and horn make letters, not tones. */
    private static final String TONES = "\u0300\u0301\u0303\u0309\u0323";

    private static final String VOWELS = "aeiouy";

    private Syllable() {}

    /**
     * The lower-case text in NFC with its tone moved to the one place that its letters alone decide. Only the place
     * changes, never a letter. What is not built like a syllable (two tones, several runs of vowels) comes back as it is.
     */
    static String withToneInPlace(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text;
        }
        var marked = Normalizer.normalize(text, Form.NFD);
        var bare = new StringBuilder(marked.length());
        var tone = (char) 0;
        for (var i = 0; i < marked.length(); i++) {
            var c = marked.charAt(i);
            if (TONES.indexOf(c) < 0) {
                bare.append(c);
            } else if (tone == 0) {
                tone = c;
            } else {
                return Normalizer.normalize(text, Form.NFC);
            }
        }
        var letters = Normalizer.normalize(bare, Form.NFC);
        var place = tone == 0 ? -1 : tonePlace(letters);
        if (place < 0) {
            return Normalizer.normalize(text, Form.NFC);
        }
        return Normalizer.normalize(letters.substring(0, place + 1) + tone + letters.substring(place + 1), Form.NFC);
    }

    /** The index of the vowel that bears the tone, as in "hòa", "hoàn", "nguyễn", "quý", "già"; -1 when there is no one run of vowels. */
    private static int tonePlace(String letters) {
        var start = 0;
        while (start < letters.length() && !isVowel(letters.charAt(start))) {
            start++;
        }
        if (letters.startsWith("qu")
                || letters.startsWith("gi") && letters.length() > 2 && isVowel(letters.charAt(2))) {
            start = 2;
        }
        var end = start;
        while (end < letters.length() && isVowel(letters.charAt(end))) {
            end++;
        }
        for (var i = end; i < letters.length(); i++) {
            if (isVowel(letters.charAt(i))) {
                return -1;
            }
        }
        if (start == end) {
            return -1;
        }
        for (var i = end - 1; i >= start; i--) {
            if (letters.charAt(i) > 0x7F) {
                return i;
            }
        }
        var vowels = end - start;
        return vowels == 1 || (vowels == 2 && end < letters.length())
                ? end - 1
                : start + vowels / 2 - (vowels == 2 ? 1 : 0);
    }

    private static boolean isVowel(char c) {
        return VOWELS.indexOf(c) >= 0 || "ăâêôơư".indexOf(c) >= 0;
    }
}
