package vn.chuanmuc.commitments;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why somebody does not sign (domain.md 4.5). */
public enum ReasonKind {
    NGHI_THAI_SAN,
    OM,
    DI_HOC,
    BIET_PHAI,
    CHUYEN_DI,
    TU_CHOI,
    KHAC,
    /** A record of the office taken back. */
    DINH_CHINH;

    /** What a person may say of themselves. */
    public static final List<ReasonKind> OWN = List.of(TU_CHOI, NGHI_THAI_SAN, OM, DI_HOC, BIET_PHAI, CHUYEN_DI, KHAC);

    /** What an office may record of somebody: everything but a refusal, which only the person can declare. */
    public static final List<ReasonKind> OFFICE = List.of(NGHI_THAI_SAN, OM, DI_HOC, BIET_PHAI, CHUYEN_DI, KHAC);

    /** As it is stored and sent: {@code nghi-thai-san}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Key of the words for it. */
    public String key() {
        return "commitments.reason." + code();
    }

    public static Optional<ReasonKind> find(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
}
