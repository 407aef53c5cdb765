package vn.chuanmuc.signing.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.chuanmuc.signing.Signatures.Asked;
import vn.chuanmuc.signing.Signatures.RemoteKey;
import vn.chuanmuc.signing.Signatures.Standing;
import vn.chuanmuc.signing.web.SigningController.Tools;
import vn.chuanmuc.ui.FormErrors;
import vn.chuanmuc.ui.View;

/**
 * @param user the name at the remote service, as entered
 * @param keys what the remote service has for that name
 * @param tools addresses for a program on the signer's computer, shown once
 */
record SigningPage(
        Asked asked,
        String user,
        List<RemoteKey> keys,
        @Nullable Tools tools,
        Instant now,
        FormErrors errors) implements View {
    @Override
    public int status() {
        return errors.none() ? 200 : 422;
    }

    boolean open() {
        return asked.standing() == Standing.OPEN;
    }

    boolean over() {
        return switch (asked.standing()) {
            case OPEN, WAITING, UNDECIDED, IDENTITY -> false;
            case DONE, REFUSED, EXPIRED, CANCELLED -> true;
        };
    }

    boolean mayUpload() {
        return open() || asked.standing() == Standing.UNDECIDED;
    }

    /** Seconds after which the page asks again, 0 for never. */
    int refresh() {
        return asked.standing() == Standing.WAITING ? 3 : 0;
    }

    boolean choosing() {
        return !keys.isEmpty();
    }

    /** The entry of the navigation that whoever signs came from. */
    String place() {
        return asked.back().startsWith("/danh-sach") ? "/danh-sach" : "/cam-ket";
    }

    String at() {
        return SigningController.PATH + asked.id();
    }

    String tone() {
        return switch (asked.standing()) {
            case OPEN, WAITING, IDENTITY -> "wait";
            case UNDECIDED -> "info";
            case DONE -> "good";
            case REFUSED, EXPIRED, CANCELLED -> "bad";
        };
    }
}
