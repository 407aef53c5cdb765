package vn.chuanmuc.ledger;

import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import vn.chuanmuc.ledger.KeyHistory.Period;
import vn.chuanmuc.ledger.LedgerKeys.KeyFile;

/** Holds the keys that a body's acts tell of against those that lie in the folder. */
final class KeyRules {
    static final String KIND = "ledger.key";

    private KeyRules() {}

    /**
     * @param periods the oldest first
     * @param files the oldest first
     * @param isCheckpoint whether there is a checkpoint of this size
     * @param knownElsewhere whether another body's acts tell of the key: each takes up a new one with its own next checkpoint, and one
     *     that rests may leave one out
     */
    static void check(
            List<Period> periods,
            List<KeyFile> files,
            LongPredicate isCheckpoint,
            Predicate<PublicKey> knownElsewhere,
            Consumer<Fault> faults) {
        files.stream()
                .filter(file -> file.key() == null)
                .forEach(file -> faults.accept(new Fault(KIND, file.name(), Fault.CHANGED)));
        int newest = -1;
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            OptionalInt number = number(period, files);
            if (number.isEmpty() && !lost(periods, i)) {
                faults.accept(new Fault(KIND, period.verifier().text(), Fault.MISSING));
            }
            boolean begins = i == 0
                    ? period.size() == 0 && period.alone()
                    : period.size() > periods.get(i - 1).size() && isCheckpoint.test(period.size());
            if (!begins || number.isPresent() && number.getAsInt() <= newest) {
                faults.accept(new Fault(KIND, period.verifier().text(), Fault.CHANGED));
            }
            newest = Math.max(newest, number.orElse(-1));
        }
        // A key with a higher number waits for this body's next checkpoint.
        for (KeyFile file : files) {
            PublicKey key = file.key();
            if (key != null
                    && file.number() < newest
                    && periods.stream().noneMatch(period -> isOf(period, key))
                    && !knownElsewhere.test(key)) {
                faults.accept(new Fault(KIND, file.name(), Fault.UNRECORDED));
            }
        }
    }

    /** A key that began alone says that the one before was lost, and with it those before that. */
    private static boolean lost(List<Period> periods, int at) {
        return periods.subList(at + 1, periods.size()).stream().anyMatch(Period::alone);
    }

    private static OptionalInt number(Period period, List<KeyFile> files) {
        return files.stream()
                .filter(file -> file.key() != null && isOf(period, Objects.requireNonNull(file.key())))
                .mapToInt(KeyFile::number)
                .max();
    }

    static boolean isOf(Period period, PublicKey key) {
        return Note.Verifier.of(period.verifier().name(), key)
                .text()
                .equals(period.verifier().text());
    }
}
