package vn.chuanmuc.petitions.web;

import java.util.Map;
import vn.chuanmuc.petitions.Handling.Wanted;
import vn.chuanmuc.petitions.Petition.Outcome;

/** The fields of a form of a petition's page, as they were sent; one that was not sent is empty. */
record Entered(Map<String, String> fields) {
    static final Entered NOTHING = new Entered(Map.of());

    String text(String field) {
        return fields.getOrDefault(field, "");
    }

    /** What was typed as a number; 0 when it is none. */
    int number(String field) {
        return numberIn(text(field));
    }

    static int numberIn(String typed) {
        return typed.strip().matches("[0-9]{1,6}") ? Integer.parseInt(typed.strip()) : 0;
    }

    /** The step of the petition that the page showed. */
    int seen() {
        return number("buoc");
    }

    String reason() {
        return text("ly-do");
    }

    /** A sign-in name that was picked from the list, or typed beside it, which comes first. */
    String chosen(String field) {
        String other = text(field + "-khac").strip();
        return other.isEmpty() ? text(field) : other;
    }

    Wanted wanted() {
        return new Wanted(
                Outcome.read(text("huong")).orElse(null),
                text("muc-moi"),
                reason(),
                text("nhan-xet"),
                chosen("danh-gia-lai"),
                number("so-ngay"));
    }
}
