package vn.chuanmuc.directory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import vn.chuanmuc.campaigns.Campaigns;
import vn.chuanmuc.commitments.Commitments;
import vn.chuanmuc.testing.TestBodies;
import vn.chuanmuc.testing.TurnedClock;

/** The product's own commands, through which {@link OrganisationHistory} does everything. */
record OrganisationGround(
        Units units,
        People people,
        Members members,
        Assignments assignments,
        Leaves leaves,
        Duplicates duplicates,
        PeopleImports imports,
        Transfers transfers,
        Reorganisations reorganisations,
        Headcounts headcounts,
        Campaigns campaigns,
        Commitments commitments,
        TestBodies bodies,
        TurnedClock clock,
        JdbcClient jdbc,
        TransactionTemplate transaction) {}
