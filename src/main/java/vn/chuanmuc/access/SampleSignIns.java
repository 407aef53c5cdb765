package vn.chuanmuc.access;

import java.util.List;

/** The accounts that sample mode offers on the sign-in page; present only in sample mode. */
public interface SampleSignIns {
    /** @param part message key of what the account is for */
    record SampleSignIn(String username, String password, String name, String part) {}

    List<SampleSignIn> list();
}
