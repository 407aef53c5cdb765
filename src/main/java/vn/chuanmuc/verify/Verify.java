package vn.chuanmuc.verify;

import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code java -jar chuanmuc-verify.jar <bundle.zip | receipt.tlog-proof> [--key KEY]… [--checkpoint FILE] [--paper FILE] [--vi|--en]}.
 * Exits with 0 when everything holds, 1 when something does not (each bad record is named), 2 when there is nothing to check.
 */
public final class Verify {
    private Verify() {}

    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int status = run(args, System.getenv().getOrDefault("LANG", ""), out);
        out.flush();
        System.exit(status);
    }

    static int run(String[] args, String language, PrintStream out) {
        List<String> given = new ArrayList<>(Arrays.asList(args));
        boolean english = given.remove("--en") || !given.remove("--vi") && language.startsWith("en");
        var report = new Report(out, english ? Locale.ENGLISH : Locale.forLanguageTag("vi"));
        var keys = new ArrayList<String>();
        Path checkpoint = null;
        Path paper = null;
        Path what = null;
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            boolean more = i + 1 < given.size();
            if (word.equals("--key") && more) {
                keys.add(given.get(++i));
            } else if (word.equals("--checkpoint") && more) {
                checkpoint = Path.of(given.get(++i));
            } else if (word.equals("--paper") && more) {
                paper = Path.of(given.get(++i));
            } else if (!word.startsWith("--") && what == null) {
                what = Path.of(word);
            } else {
                report.say("usage");
                return Report.UNUSABLE;
            }
        }
        if (what == null) {
            report.say("usage");
            return Report.UNUSABLE;
        }
        try {
            check(what, keys, checkpoint, paper, report);
        } catch (Unusable e) {
            report.say("unusable." + e.key(), e.arguments());
            report.say("end.unusable");
            return Report.UNUSABLE;
        }
        if (report.bad() > 0) {
            report.say("end.bad", report.bad());
            return Report.BAD;
        }
        report.say("end.good");
        return Report.GOOD;
    }

    private static void check(Path what, List<String> keys, Path checkpoint, Path paper, Report report)
            throws Unusable {
        if (isZip(what)) {
            Checkpoint published = null;
            if (checkpoint != null) {
                published = Checkpoint.read(new Lines(
                        checkpoint.getFileName().toString(),
                        new ByteArrayInputStream(ReceiptCheck.read(checkpoint, 1 << 20))));
            }
            new BundleCheck(what, report, keys, published).run();
            return;
        }
        var parsed = new ArrayList<Checkpoint.Key>();
        for (String key : keys) {
            Checkpoint.Key one = Checkpoint.Key.parse(key);
            if (one == null) {
                throw new Unusable("key", key, 1);
            }
            parsed.add(one);
        }
        if (parsed.isEmpty()) {
            throw new Unusable("no-key");
        }
        new ReceiptCheck(what, report, parsed, paper).run();
    }

    private static boolean isZip(Path file) throws Unusable {
        if (!Files.exists(file)) {
            throw new Unusable("missing", file.toString());
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(ReceiptCheck.FORMAT.length());
            return !new String(start, StandardCharsets.UTF_8).equals(ReceiptCheck.FORMAT);
        } catch (IOException e) {
            throw new Unusable("unreadable", String.valueOf(file.getFileName()), String.valueOf(e.getMessage()));
        }
    }
}
