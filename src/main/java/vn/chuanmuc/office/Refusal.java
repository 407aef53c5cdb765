package vn.chuanmuc.office;

import java.util.List;

/**
 * Why a file was refused.
 *
 * @param code the message key is {@code office.refused.<code>}
 * @param args the message's arguments
 */
public record Refusal(String code, List<Object> args) {
    public Refusal {
        args = List.copyOf(args);
    }
}
