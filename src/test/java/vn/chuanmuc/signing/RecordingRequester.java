package vn.chuanmuc.signing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import vn.chuanmuc.kernel.Reason;

/** A module that has papers signed, as far as signing knows one. Its “record” is in memory: what matters is the transaction. */
@Component
class RecordingRequester implements SignatureRequester {
    static final String PURPOSE = "test.paper";
    /** A subject that begins so is refused by the module's own rule. */
    static final String FORBIDDEN = "cam-";

    private final Map<String, Completed> completed = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public Completion completed(Completed signature) {
        if (signature.subject().startsWith(FORBIDDEN)) {
            return new Completion.Refused(Reason.of("signing.request.over"));
        }
        calls.incrementAndGet();
        completed.put(signature.subject(), signature);
        return new Completion.Accepted();
    }

    @Override
    public String page(String subject) {
        return "/viec";
    }

    Optional<Completed> of(String subject) {
        return Optional.ofNullable(completed.get(subject));
    }
}
