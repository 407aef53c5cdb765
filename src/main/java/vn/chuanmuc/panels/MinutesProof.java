package vn.chuanmuc.panels;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Forbidden;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.documents.PaperFiles;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.panels.Meeting.Method;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.panels.Meeting.Signature;
import vn.chuanmuc.panels.Meeting.State;
import vn.chuanmuc.signing.Signatures;

/** What is known of the digital signatures on minutes: whose certificates, how each was checked when it was accepted, and for long. */
@Component
public class MinutesProof {
    private final Meetings meetings;
    private final Signatures signatures;

    MinutesProof(Meetings meetings, Signatures signatures) {
        this.meetings = meetings;
        this.signatures = signatures;
    }

    /** A signature and how it was accepted. */
    public record Digital(Role role, Signatures.Kept kept) {}

    /** The digital signatures on the newest minutes, the secretary's first; none of minutes that were signed in another way. */
    public List<Digital> of(UUID tenantId, Protocol protocol) {
        var digital = new ArrayList<Digital>();
        for (Role role : List.of(Role.SECRETARY, Role.CHAIR)) {
            signature(protocol, role)
                    .flatMap(one -> hash(one).flatMap(hash -> signatures.kept(tenantId, hash)))
                    .ifPresent(kept -> digital.add(new Digital(role, kept)));
        }
        return digital;
    }

    /**
     * The report (XML) with which a signature was accepted, for whoever reads the minutes.
     *
     * @throws NotFound while there is none
     */
    public PaperFiles.File report(Viewer viewer, UUID meetingId, Role role) {
        Protocol protocol = read(viewer, meetingId);
        byte[] report = signature(protocol, role)
                .flatMap(MinutesProof::hash)
                .flatMap(hash -> signatures.reportOf(viewer.tenantId(), hash))
                .orElseThrow(() -> new NotFound("report on a signature"));
        return new PaperFiles.File(
                "kiem-tra-chu-ky-" + role.code() + "-" + protocol.meeting().heldOn() + ".xml",
                "application/xml",
                report);
    }

    /** The signed minutes with the data to check them in many years. @throws NotFound while there is none */
    public PaperFiles.File preserved(Viewer viewer, UUID meetingId) {
        Protocol protocol = read(viewer, meetingId);
        byte[] signed = protocol.signedDocument();
        byte[] preserved = Optional.ofNullable(signed)
                .filter(hash -> protocol.method().equals(Optional.of(Method.DIGITAL)))
                .flatMap(hash -> signatures.preserved(viewer.tenantId(), hash))
                .orElseThrow(() -> new NotFound("preserved minutes"));
        return new PaperFiles.File(
                "bien-ban-luu-lau-dai-" + protocol.meeting().heldOn() + ".pdf", "application/pdf", preserved);
    }

    private Protocol read(Viewer viewer, UUID meetingId) {
        Protocol protocol = meetings.protocol(viewer, meetingId);
        if (!meetings.reads(viewer, protocol)) {
            throw new Forbidden(Permission.READ_ASSESSMENTS);
        }
        State state = protocol.meeting().state();
        if (state != State.COUNTED && state != State.CLOSED) {
            throw new NotFound("signed minutes");
        }
        return protocol;
    }

    private static Optional<Signature> signature(Protocol protocol, Role role) {
        return protocol.signature(role).filter(one -> one.method() == Method.DIGITAL);
    }

    private static Optional<byte[]> hash(Signature signature) {
        return Optional.ofNullable(signature.documentHash());
    }
}
