-- Figures of a whole cycle are put down at once, hundreds of thousands of rows of a nation. Until autovacuum has looked at them the
-- planner believes what it knew before, and reads all of them to change those of one unit: so whoever made them says so.
grant maintain on assessments.rollup_node, assessments.rollup_unit, assessments.rollup_part to chuanmuc_app;
