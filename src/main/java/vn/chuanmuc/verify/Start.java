package vn.chuanmuc.verify;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The first class of the program, compiled for Java 8: an older Java than the rest needs is told so, and ends as one that could
 * check nothing. By itself it would end with 1, which means that something was altered.
 */
public final class Start {
    private static final int NEEDED = 25;

    private Start() {}

    public static void main(String[] args) throws Exception {
        String version = System.getProperty("java.specification.version", "");
        if (!newEnough(version)) {
            tell(version, new PrintStream(System.out, true, "UTF-8"));
            System.exit(2);
        }
        // By name: the compiler is to look at this class alone.
        Class.forName("vn.chuanmuc.verify.Verify")
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }

    static boolean newEnough(String version) {
        return version.matches("\\d{1,4}") && Integer.parseInt(version) >= NEEDED;
    }

    static void tell(String version, PrintStream out) throws Exception {
        for (String language : new String[] {"", "_en"}) {
            Properties words = new Properties();
            try (InputStream in = Start.class.getResourceAsStream("words" + language + ".properties");
                    InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                words.load(text);
            }
            out.println(words.getProperty("start.java")
                    .replace("{0}", String.valueOf(NEEDED))
                    .replace("{1}", version));
            out.println(words.getProperty("end.unusable"));
        }
    }
}
