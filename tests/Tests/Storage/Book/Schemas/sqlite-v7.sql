BEGIN TRANSACTION;
CREATE TABLE account_balance (
    institution_id TEXT NOT NULL,
    account TEXT NOT NULL,
    owner TEXT NOT NULL,
    balance_fen BIGINT NOT NULL,
    PRIMARY KEY (institution_id, account));
INSERT INTO "account_balance" VALUES('demo-bank','loan-principal/l-1','l-1',700);
INSERT INTO "account_balance" VALUES('demo-bank','settlement','settlement',-700);
CREATE TABLE alarm (
    alarm_id TEXT PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    site_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    cause TEXT NOT NULL,
    severity BIGINT NOT NULL,
    state TEXT NOT NULL,
    since BIGINT NOT NULL,
    raised_at BIGINT NOT NULL,
    acknowledged_at BIGINT,
    acknowledged_by TEXT,
    comment TEXT,
    cleared_at BIGINT,
    detail TEXT NOT NULL);
INSERT INTO "alarm" VALUES('ranch-1-1-1-0','demo-bank','ranch-1','cow-1','missing',2,'raised',1772366400000,1772366400000,NULL,NULL,NULL,NULL,'detail');
CREATE TABLE alarm_standing (
    site_id TEXT PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    epoch BIGINT NOT NULL,
    position BIGINT NOT NULL);
INSERT INTO "alarm_standing" VALUES('ranch-1','demo-bank',1,1);
CREATE TABLE answer (
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    answer TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (scope, id));
INSERT INTO "answer" VALUES('import','id-1',X'01','first',1772366400000);
CREATE TABLE api_key (
    key_hash BLOB PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    site_ids TEXT NOT NULL,
    borrower_id TEXT,
    revoked_at BIGINT);
INSERT INTO "api_key" VALUES(X'010203','demo-bank','bank-officer','demo','ranch-1',NULL,NULL);
CREATE TABLE asset (
    asset_id TEXT PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    site_id TEXT NOT NULL REFERENCES site,
    kind TEXT NOT NULL,
    price_class TEXT NOT NULL,
    grade TEXT NOT NULL,
    body TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    ended_at BIGINT,
    ended_because TEXT);
INSERT INTO "asset" VALUES('cow-1','demo-bank','ranch-1','animal','cattle','angus','{}',1772366400000,NULL,NULL);
CREATE TABLE audit (
    audit_id INTEGER PRIMARY KEY AUTOINCREMENT,
    institution_id TEXT NOT NULL REFERENCES institution,
    at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL);
INSERT INTO "audit" VALUES(1,'demo-bank',1772366400000,'officer','draw','fac-1','{}');
CREATE TABLE binding (
    binding_id INTEGER PRIMARY KEY AUTOINCREMENT,
    institution_id TEXT NOT NULL REFERENCES institution,
    asset_id TEXT NOT NULL REFERENCES asset,
    device_id TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT,
    because TEXT NOT NULL);
INSERT INTO "binding" VALUES(1,'demo-bank','cow-1','tag-1',1772366400000,NULL,'tagged');
CREATE TABLE decision (
    decision_id TEXT PRIMARY KEY,
    facility_id TEXT NOT NULL REFERENCES facility,
    institution_id TEXT NOT NULL REFERENCES institution,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL,
    inputs TEXT NOT NULL,
    answer TEXT NOT NULL,
    made_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (facility_id, version));
INSERT INTO "decision" VALUES('d-1','fac-1','demo-bank',2,'draw','accepted','{}','{}','officer',1772366400000);
CREATE TABLE device (
    device_id TEXT PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    site_id TEXT NOT NULL REFERENCES site,
    kind TEXT NOT NULL,
    zone TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    sealed_keys TEXT NOT NULL,
    in_service BIGINT NOT NULL,
    simulated BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL);
INSERT INTO "device" VALUES('bs-1','demo-bank','ranch-1','base-station','pen-1','$7$101$s$h','{}',1,1,1772366400000,'officer');
CREATE TABLE facility (
    facility_id TEXT PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    borrower_id TEXT NOT NULL,
    borrower_name TEXT NOT NULL,
    product TEXT NOT NULL,
    limit_fen BIGINT NOT NULL CHECK (limit_fen >= 0),
    annual_rate_ppm BIGINT NOT NULL,
    terms TEXT NOT NULL,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL);
INSERT INTO "facility" VALUES('fac-1','demo-bank','borrower-1','Borrower','cattle-line',100000000,43500,'{}',2,1772366400000);
CREATE TABLE institution (
    institution_id TEXT PRIMARY KEY,
    display_name TEXT NOT NULL,
    time_zone TEXT NOT NULL);
INSERT INTO "institution" VALUES('demo-bank','示范银行','Asia/Shanghai');
CREATE TABLE loan (
    loan_id TEXT PRIMARY KEY,
    facility_id TEXT NOT NULL REFERENCES facility,
    institution_id TEXT NOT NULL REFERENCES institution,
    principal_fen BIGINT NOT NULL CHECK (principal_fen > 0),
    annual_rate_ppm BIGINT NOT NULL,
    drawn_on TEXT NOT NULL,
    payee TEXT NOT NULL,
    schedule TEXT NOT NULL,
    accrued_through TEXT NOT NULL,
    accrued_remainder BIGINT NOT NULL,
    state TEXT NOT NULL);
INSERT INTO "loan" VALUES('l-1','fac-1','demo-bank',700,43500,'2026-03-01','feed supplier','[]','2026-03-01',0,'open');
CREATE TABLE margin_call (
    margin_call_id TEXT PRIMARY KEY,
    facility_id TEXT NOT NULL REFERENCES facility,
    institution_id TEXT NOT NULL REFERENCES institution,
    state TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    ended_at BIGINT,
    debt_fen BIGINT NOT NULL,
    eligible_value_fen BIGINT NOT NULL,
    ltv_ppm BIGINT,
    shortfall_fen BIGINT NOT NULL,
    cure_by BIGINT NOT NULL,
    reasons TEXT NOT NULL);
INSERT INTO "margin_call" VALUES('mc-1','fac-1','demo-bank','opened',1772366400000,NULL,700,900,777777,100,1772798400000,'[]');
CREATE TABLE outbox (
    event_id TEXT PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    delivered_sinks TEXT NOT NULL,
    last_error TEXT,
    done_at BIGINT);
INSERT INTO "outbox" VALUES('e-1','demo-bank','margin-call-opened','mc-1','{}',1772366400000,1772366400000,0,'',NULL,NULL);
CREATE TABLE person (
    user_name TEXT PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    role TEXT NOT NULL,
    display_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    site_ids TEXT NOT NULL,
    borrower_id TEXT);
INSERT INTO "person" VALUES('wang','demo-bank','borrower','Wang','hash','','borrower-1');
CREATE TABLE pledge (
    pledge_id INTEGER PRIMARY KEY AUTOINCREMENT,
    institution_id TEXT NOT NULL REFERENCES institution,
    facility_id TEXT NOT NULL REFERENCES facility,
    asset_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    registration_number TEXT NOT NULL,
    pledged_at BIGINT NOT NULL,
    released_at BIGINT);
INSERT INTO "pledge" VALUES(1,'demo-bank','fac-1','cow-1','ranch-1','ZD-1',1772366400000,NULL);
CREATE TABLE posting (
    transfer_id TEXT NOT NULL REFERENCES transfer DEFERRABLE INITIALLY DEFERRED,
    line BIGINT NOT NULL,
    institution_id TEXT NOT NULL,
    account TEXT NOT NULL,
    owner TEXT NOT NULL,
    amount_fen BIGINT NOT NULL CHECK (amount_fen <> 0),
    PRIMARY KEY (transfer_id, line));
INSERT INTO "posting" VALUES('t-1',0,'demo-bank','loan-principal/l-1','l-1',700);
INSERT INTO "posting" VALUES('t-1',1,'demo-bank','settlement','settlement',-700);
CREATE TABLE price (
    institution_id TEXT NOT NULL,
    price_class TEXT NOT NULL,
    grade TEXT NOT NULL,
    version BIGINT NOT NULL,
    fen_per_tonne BIGINT NOT NULL CHECK (fen_per_tonne >= 0),
    effective_at BIGINT NOT NULL,
    PRIMARY KEY (institution_id, price_class, grade, version),
    FOREIGN KEY (institution_id, version) REFERENCES price_posting);
INSERT INTO "price" VALUES('demo-bank','cattle','',1,2700000,1772366400000);
CREATE TABLE price_posting (
    institution_id TEXT NOT NULL REFERENCES institution,
    version BIGINT NOT NULL,
    posting_id TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    posted_by TEXT NOT NULL,
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (institution_id, version),
    UNIQUE (institution_id, posting_id));
INSERT INTO "price_posting" VALUES('demo-bank',1,'p-1',X'4C666BC9DE5EB3852D08418F068ACF2BE90537118C8C75FDEA427A6B489D7830','officer','market',1772366400000);
CREATE TABLE protection_key (
    name TEXT PRIMARY KEY,
    xml TEXT NOT NULL);
INSERT INTO "protection_key" VALUES('k-1','<a/>');
CREATE TABLE schema_version (version BIGINT PRIMARY KEY);
INSERT INTO "schema_version" VALUES(1);
INSERT INTO "schema_version" VALUES(2);
INSERT INTO "schema_version" VALUES(3);
INSERT INTO "schema_version" VALUES(4);
INSERT INTO "schema_version" VALUES(5);
INSERT INTO "schema_version" VALUES(6);
INSERT INTO "schema_version" VALUES(7);
CREATE TABLE sign_in (
    user_name TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    counted_from BIGINT NOT NULL,
    locked_until BIGINT);
INSERT INTO "sign_in" VALUES('wang',1,1772366400000,NULL);
CREATE TABLE site (
    site_id TEXT PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    kind BIGINT NOT NULL,
    display_name TEXT NOT NULL,
    zones TEXT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION);
INSERT INTO "site" VALUES('ranch-1','demo-bank',1,'Ranch','pen-1',43.5,NULL);
CREATE TABLE transfer (
    transfer_id TEXT PRIMARY KEY,
    institution_id TEXT NOT NULL REFERENCES institution,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    posted_by TEXT NOT NULL,
    body_hash BLOB NOT NULL);
INSERT INTO "transfer" VALUES('t-1','demo-bank','draw','2026-03-01',1772366400000,'officer',X'9E8E4515CBDAC251A5FA2BB9C42839D6E15DE7A7A7A5BBE16534C70E25373611');
CREATE INDEX site_of_institution ON site (institution_id, site_id);
CREATE INDEX device_of_site ON device (institution_id, site_id, device_id);
CREATE INDEX device_that_is_real ON device (device_id) WHERE simulated = 0;
CREATE INDEX asset_of_site ON asset (institution_id, site_id, asset_id);
CREATE UNIQUE INDEX binding_one_of_asset ON binding (asset_id) WHERE until_at IS NULL;
CREATE UNIQUE INDEX binding_one_of_device ON binding (device_id) WHERE until_at IS NULL;
CREATE INDEX binding_of_asset ON binding (asset_id, from_at);
CREATE INDEX binding_of_device ON binding (device_id, from_at);
CREATE INDEX transfer_of_institution ON transfer (institution_id, recorded_at);
CREATE INDEX posting_of_account ON posting (institution_id, account);
CREATE INDEX account_of_owner ON account_balance (institution_id, owner);
CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer BEGIN SELECT raise(ABORT, 'transfer is immutable'); END;
CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer BEGIN SELECT raise(ABORT, 'transfer is immutable'); END;
CREATE TRIGGER posting_no_update BEFORE UPDATE ON posting BEGIN SELECT raise(ABORT, 'posting is immutable'); END;
CREATE TRIGGER posting_no_delete BEFORE DELETE ON posting BEGIN SELECT raise(ABORT, 'posting is immutable'); END;
CREATE TRIGGER transfer_sums_to_zero BEFORE INSERT ON transfer
WHEN (SELECT coalesce(sum(amount_fen), 0) <> 0 OR count(*) < 2 OR max(institution_id) <> NEW.institution_id
    OR min(institution_id) <> NEW.institution_id FROM posting WHERE transfer_id = NEW.transfer_id)
BEGIN SELECT raise(ABORT, 'postings do not sum to zero'); END;
CREATE TRIGGER posting_before_its_transfer BEFORE INSERT ON posting
WHEN EXISTS (SELECT 1 FROM transfer WHERE transfer_id = NEW.transfer_id)
BEGIN SELECT raise(ABORT, 'transfer stands already'); END;
CREATE TRIGGER posting_counts AFTER INSERT ON posting
BEGIN INSERT INTO account_balance (institution_id, account, owner, balance_fen)
VALUES (NEW.institution_id, NEW.account, NEW.owner, NEW.amount_fen)
ON CONFLICT (institution_id, account) DO UPDATE SET balance_fen = account_balance.balance_fen + excluded.balance_fen; END;
CREATE INDEX facility_of_institution ON facility (institution_id, facility_id);
CREATE TRIGGER decision_no_update BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'decision is immutable'); END;
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'decision is immutable'); END;
CREATE UNIQUE INDEX pledge_one_active ON pledge (asset_id) WHERE released_at IS NULL;
CREATE INDEX pledge_of_facility ON pledge (facility_id, asset_id);
CREATE INDEX loan_of_facility ON loan (facility_id, loan_id);
CREATE UNIQUE INDEX margin_call_one_open ON margin_call (facility_id) WHERE ended_at IS NULL;
CREATE INDEX margin_call_of_institution ON margin_call (institution_id, opened_at);
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL;
CREATE TRIGGER price_posting_no_update BEFORE UPDATE ON price_posting BEGIN SELECT raise(ABORT, 'price_posting is immutable'); END;
CREATE TRIGGER price_posting_no_delete BEFORE DELETE ON price_posting BEGIN SELECT raise(ABORT, 'price_posting is immutable'); END;
CREATE TRIGGER price_no_update BEFORE UPDATE ON price BEGIN SELECT raise(ABORT, 'price is immutable'); END;
CREATE TRIGGER price_no_delete BEFORE DELETE ON price BEGIN SELECT raise(ABORT, 'price is immutable'); END;
CREATE UNIQUE INDEX alarm_one_open ON alarm (site_id, subject, cause) WHERE cleared_at IS NULL;
CREATE INDEX alarm_of_institution ON alarm (institution_id, raised_at);
CREATE INDEX alarm_open_of_institution ON alarm (institution_id, severity, raised_at) WHERE cleared_at IS NULL;
CREATE INDEX person_of_institution ON person (institution_id, user_name);
CREATE INDEX sign_in_old ON sign_in (counted_from);
CREATE INDEX audit_of_institution ON audit (institution_id, audit_id);
CREATE INDEX audit_of_subject ON audit (institution_id, subject, audit_id);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'audit is immutable'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'audit is immutable'); END;
CREATE INDEX pledge_active_by_site ON pledge (facility_id, site_id, pledged_at) WHERE released_at IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('binding',1);
INSERT INTO "sqlite_sequence" VALUES('pledge',1);
INSERT INTO "sqlite_sequence" VALUES('audit',1);
COMMIT;
