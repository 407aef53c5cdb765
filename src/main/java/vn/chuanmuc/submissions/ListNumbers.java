package vn.chuanmuc.submissions;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import vn.chuanmuc.access.Accounts;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.campaigns.PaperLines;
import vn.chuanmuc.documents.Bearing;
import vn.chuanmuc.documents.Numbering;
import vn.chuanmuc.documents.PaperKind;
import vn.chuanmuc.office.Layout;
import vn.chuanmuc.submissions.Lists.Sheet;

/** The numbers that lists take in the book of their unit when they are sent up. */
@Component
class ListNumbers {
    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final PaperLines paperLines;
    private final Accounts accounts;
    private final Numbering numbering;
    private final MessageSource messages;
    private final Clock clock;

    ListNumbers(PaperLines paperLines, Accounts accounts, Numbering numbering, MessageSource messages, Clock clock) {
        this.paperLines = paperLines;
        this.accounts = accounts;
        this.numbering = numbering;
        this.messages = messages;
        this.clock = clock;
    }

    /** Whose rules a list is laid out and numbered by. */
    Layout.Line paperLine(Viewer viewer, Sheet sheet) {
        return paperLines.of(viewer.tenantId(), sheet.campaign().id());
    }

    /** The numbers of the versions that were sent up, by version; without those sent without one. */
    Map<Integer, Bearing> numbers(Viewer viewer, Sheet sheet) {
        Map<UUID, Integer> sent = new HashMap<>();
        sheet.versions().stream()
                .filter(ListVersion::wasSubmitted)
                .forEach(version -> sent.put(subject(sheet.id(), version.number()), version.number()));
        Map<Integer, Bearing> numbers = new HashMap<>();
        numbering
                .of(viewer.tenantId(), sent.keySet())
                .forEach((subject, bearing) -> numbers.put(sent.get(subject), bearing));
        return numbers;
    }

    /** The number a version would be sent up with if it were sent now. */
    Numbering.Prospect prospect(Viewer viewer, Sheet sheet) {
        return numbering.prospect(
                viewer.tenantId(),
                sheet.key().unitId(),
                paperLine(viewer, sheet),
                PaperKind.LIST,
                LocalDate.now(clock));
    }

    /** What bears the number of a version: each is a paper of its own. */
    private static UUID subject(UUID listId, int version) {
        return UUID.nameUUIDFromBytes(("list/" + listId + "/" + version).getBytes(StandardCharsets.UTF_8));
    }

    /** A version that is sent up takes its number; where no run is known for the day, it goes without. */
    void take(Viewer viewer, Sheet sheet, ListVersion version) {
        ListVersion.Step approved = Objects.requireNonNull(version.approved(), "what is sent up was approved");
        numbering.take(new Numbering.Request(
                viewer.tenantId(),
                sheet.key().unitId(),
                paperLine(viewer, sheet),
                PaperKind.LIST,
                LocalDate.now(clock),
                subject(sheet.id(), version.number()),
                t(
                        "submissions.number.title",
                        String.valueOf(sheet.campaign().year()),
                        sheet.unitName(),
                        sheet.blocName(),
                        String.valueOf(version.number())),
                accounts.names(viewer.tenantId(), List.of(approved.by())).getOrDefault(approved.by(), ""),
                viewer.accountId()));
    }

    /** The number of a version that counts no more stays used; the book says why. */
    void withdraw(Viewer viewer, Sheet sheet, int version, String key) {
        numbering.withdraw(viewer.tenantId(), subject(sheet.id(), version), t(key), viewer.accountId());
    }

    /** What stands in a book or on a paper is in Vietnamese. */
    private String t(String key, Object... arguments) {
        return Objects.requireNonNull(messages.getMessage(key, arguments, VIETNAMESE));
    }
}
