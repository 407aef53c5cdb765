package vn.chuanmuc.panels;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperState;
import vn.chuanmuc.documents.Papers;
import vn.chuanmuc.documents.Papers.Paper;
import vn.chuanmuc.panels.Meeting.Role;
import vn.chuanmuc.signing.Signatures;

/** What ends with minutes that count no more: requests to sign them, papers of them, and their number when the meeting is called off. */
@Component
class MinutesEnds {
    static final String PURPOSE = "panels.minutes";
    /** Kind of the paper. */
    static final String KIND = "bien-ban-hop";

    private final Signatures signatures;
    private final Papers papers;
    private final Numbering numbering;

    MinutesEnds(Signatures signatures, Papers papers, Numbering numbering) {
        this.signatures = signatures;
        this.papers = papers;
        this.numbering = numbering;
    }

    static String subject(UUID meetingId, int version, Role role) {
        return meetingId + "/" + version + "/" + role.code();
    }

    /**
     * Ends requests that are live. Whoever accepts a signature holds the request before the meeting: so do this before holding the
     * meeting.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void requests(UUID tenant, Protocol protocol) {
        Meeting meeting = protocol.meeting();
        for (Role role : List.of(Role.SECRETARY, Role.CHAIR)) {
            String subject = subject(meeting.id(), meeting.minutes(), role);
            signatures
                    .live(tenant, PURPOSE, subject)
                    .ifPresent(live -> signatures.withdraw(tenant, PURPOSE, subject, live.id()));
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void papers(UUID tenantId, Meeting meeting, String reason, UUID account) {
        for (Paper paper : papers.of(tenantId, KIND, meeting.id(), meeting.id())) {
            if (paper.state() == PaperState.ISSUED) {
                papers.withdraw(paper, reason, account);
            }
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void number(UUID tenantId, Meeting meeting, String reason, UUID account) {
        if (meeting.number() != null) {
            numbering.withdraw(tenantId, meeting.id(), reason, account);
        }
    }
}
