CREATE FUNCTION public.audit_immutable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'audit is immutable' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE FUNCTION public.decision_immutable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'decision is immutable' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE FUNCTION public.posting_before_its_transfer() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.transfer_id, 0));
    IF EXISTS (SELECT 1 FROM transfer WHERE transfer_id = NEW.transfer_id)
    THEN RAISE EXCEPTION 'transfer stands already' USING ERRCODE = 'unique_violation'; END IF;
    RETURN NEW; END $$;
CREATE FUNCTION public.posting_counts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$ BEGIN
    INSERT INTO account_balance (institution_id, account, owner, balance_fen)
VALUES (NEW.institution_id, NEW.account, NEW.owner, NEW.amount_fen)
ON CONFLICT (institution_id, account) DO UPDATE SET balance_fen = account_balance.balance_fen + excluded.balance_fen;
    RETURN NULL; END $$;
CREATE FUNCTION public.posting_immutable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'posting is immutable' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE FUNCTION public.price_immutable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'price is immutable' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE FUNCTION public.price_posting_immutable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'price_posting is immutable' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE FUNCTION public.transfer_immutable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'transfer is immutable' USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE FUNCTION public.transfer_sums_to_zero() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    IF (SELECT coalesce(sum(amount_fen), 0) <> 0 OR count(*) < 2 OR max(institution_id) <> NEW.institution_id
        OR min(institution_id) <> NEW.institution_id FROM posting WHERE transfer_id = NEW.transfer_id)
    THEN RAISE EXCEPTION 'postings do not sum to zero'; END IF;
    RETURN NEW; END $$;
CREATE TABLE public.account_balance (
    institution_id text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    balance_fen bigint NOT NULL
);
CREATE TABLE public.alarm (
    alarm_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    site_id text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    cause text NOT NULL COLLATE pg_catalog."C",
    severity bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    since bigint NOT NULL,
    raised_at bigint NOT NULL,
    acknowledged_at bigint,
    acknowledged_by text COLLATE pg_catalog."C",
    comment text COLLATE pg_catalog."C",
    cleared_at bigint,
    detail text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.alarm_standing (
    site_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    epoch bigint NOT NULL,
    "position" bigint NOT NULL
);
CREATE TABLE public.answer (
    scope text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    body_hash bytea NOT NULL,
    answer text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.api_key (
    key_hash bytea NOT NULL,
    institution_id text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    site_ids text NOT NULL COLLATE pg_catalog."C",
    borrower_id text COLLATE pg_catalog."C",
    revoked_at bigint
);
CREATE TABLE public.asset (
    asset_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    site_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    price_class text NOT NULL COLLATE pg_catalog."C",
    grade text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    added_at bigint NOT NULL,
    ended_at bigint,
    ended_because text COLLATE pg_catalog."C"
);
CREATE TABLE public.audit (
    audit_id bigint NOT NULL,
    institution_id text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    made_by text NOT NULL COLLATE pg_catalog."C",
    what text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE public.audit ALTER COLUMN audit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.binding (
    binding_id bigint NOT NULL,
    institution_id text NOT NULL COLLATE pg_catalog."C",
    asset_id text NOT NULL COLLATE pg_catalog."C",
    device_id text NOT NULL COLLATE pg_catalog."C",
    from_at bigint NOT NULL,
    until_at bigint,
    because text NOT NULL COLLATE pg_catalog."C"
);
ALTER TABLE public.binding ALTER COLUMN binding_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.binding_binding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.decision (
    decision_id text NOT NULL COLLATE pg_catalog."C",
    facility_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    outcome text NOT NULL COLLATE pg_catalog."C",
    inputs text NOT NULL COLLATE pg_catalog."C",
    answer text NOT NULL COLLATE pg_catalog."C",
    made_by text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.device (
    device_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    site_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    zone text NOT NULL COLLATE pg_catalog."C",
    password_hash text NOT NULL COLLATE pg_catalog."C",
    sealed_keys text NOT NULL COLLATE pg_catalog."C",
    in_service bigint NOT NULL,
    simulated bigint NOT NULL,
    added_at bigint NOT NULL,
    added_by text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.earmark_schema (
    store text NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.facility (
    facility_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    borrower_id text NOT NULL COLLATE pg_catalog."C",
    borrower_name text NOT NULL COLLATE pg_catalog."C",
    product text NOT NULL COLLATE pg_catalog."C",
    limit_fen bigint NOT NULL,
    annual_rate_ppm bigint NOT NULL,
    terms text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    opened_at bigint NOT NULL,
    CONSTRAINT facility_limit_fen_check CHECK ((limit_fen >= 0))
);
CREATE TABLE public.institution (
    institution_id text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL COLLATE pg_catalog."C",
    time_zone text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.loan (
    loan_id text NOT NULL COLLATE pg_catalog."C",
    facility_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    principal_fen bigint NOT NULL,
    annual_rate_ppm bigint NOT NULL,
    drawn_on text NOT NULL COLLATE pg_catalog."C",
    payee text NOT NULL COLLATE pg_catalog."C",
    schedule text NOT NULL COLLATE pg_catalog."C",
    accrued_through text NOT NULL COLLATE pg_catalog."C",
    accrued_remainder bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT loan_principal_fen_check CHECK ((principal_fen > 0))
);
CREATE TABLE public.margin_call (
    margin_call_id text NOT NULL COLLATE pg_catalog."C",
    facility_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    opened_at bigint NOT NULL,
    ended_at bigint,
    debt_fen bigint NOT NULL,
    eligible_value_fen bigint NOT NULL,
    ltv_ppm bigint,
    shortfall_fen bigint NOT NULL,
    cure_by bigint NOT NULL,
    reasons text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.orleansmembershiptable (
    deploymentid text NOT NULL COLLATE pg_catalog."C",
    address text NOT NULL COLLATE pg_catalog."C",
    port integer NOT NULL,
    generation integer NOT NULL,
    siloname text NOT NULL,
    hostname text NOT NULL,
    status integer NOT NULL,
    proxyport integer,
    suspecttimes text,
    starttime timestamp with time zone NOT NULL,
    iamalivetime timestamp with time zone NOT NULL
);
CREATE TABLE public.orleansmembershipversiontable (
    deploymentid text NOT NULL COLLATE pg_catalog."C",
    "timestamp" timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.orleansquery (
    querykey text NOT NULL,
    querytext text NOT NULL
);
CREATE TABLE public.orleansstorage (
    grainidhash integer NOT NULL,
    grainidn0 bigint NOT NULL,
    grainidn1 bigint NOT NULL,
    graintypehash integer NOT NULL,
    graintypestring text NOT NULL COLLATE pg_catalog."C",
    grainidextensionstring text NOT NULL COLLATE pg_catalog."C",
    serviceid text NOT NULL COLLATE pg_catalog."C",
    payloadbinary bytea,
    version integer NOT NULL
)
WITH (fillfactor='80');
CREATE TABLE public.outbox (
    event_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    due_at bigint NOT NULL,
    tries bigint NOT NULL,
    delivered_sinks text NOT NULL COLLATE pg_catalog."C",
    last_error text COLLATE pg_catalog."C",
    done_at bigint
);
CREATE TABLE public.person (
    user_name text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL COLLATE pg_catalog."C",
    password_hash text NOT NULL COLLATE pg_catalog."C",
    site_ids text NOT NULL COLLATE pg_catalog."C",
    borrower_id text COLLATE pg_catalog."C"
);
CREATE TABLE public.pledge (
    pledge_id bigint NOT NULL,
    institution_id text NOT NULL COLLATE pg_catalog."C",
    facility_id text NOT NULL COLLATE pg_catalog."C",
    asset_id text NOT NULL COLLATE pg_catalog."C",
    site_id text NOT NULL COLLATE pg_catalog."C",
    registration_number text NOT NULL COLLATE pg_catalog."C",
    pledged_at bigint NOT NULL,
    released_at bigint
);
ALTER TABLE public.pledge ALTER COLUMN pledge_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.pledge_pledge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.posting (
    transfer_id text NOT NULL COLLATE pg_catalog."C",
    line bigint NOT NULL,
    institution_id text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    amount_fen bigint NOT NULL,
    CONSTRAINT posting_amount_fen_check CHECK ((amount_fen <> 0))
);
CREATE TABLE public.price (
    institution_id text NOT NULL COLLATE pg_catalog."C",
    price_class text NOT NULL COLLATE pg_catalog."C",
    grade text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    fen_per_tonne bigint NOT NULL,
    effective_at bigint NOT NULL,
    CONSTRAINT price_fen_per_tonne_check CHECK ((fen_per_tonne >= 0))
);
CREATE TABLE public.price_posting (
    institution_id text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    posting_id text NOT NULL COLLATE pg_catalog."C",
    body_hash bytea NOT NULL,
    posted_by text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.protection_key (
    name text NOT NULL COLLATE pg_catalog."C",
    xml text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.sign_in (
    user_name text NOT NULL COLLATE pg_catalog."C",
    failures bigint NOT NULL,
    counted_from bigint NOT NULL,
    locked_until bigint
);
CREATE TABLE public.site (
    site_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    kind bigint NOT NULL,
    display_name text NOT NULL COLLATE pg_catalog."C",
    zones text NOT NULL COLLATE pg_catalog."C",
    latitude double precision,
    longitude double precision
);
CREATE TABLE public.transfer (
    transfer_id text NOT NULL COLLATE pg_catalog."C",
    institution_id text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    effective_on text NOT NULL COLLATE pg_catalog."C",
    recorded_at bigint NOT NULL,
    posted_by text NOT NULL COLLATE pg_catalog."C",
    body_hash bytea NOT NULL
);
INSERT INTO public.account_balance VALUES ('demo-bank', 'loan-principal/l-1', 'l-1', 700);
INSERT INTO public.account_balance VALUES ('demo-bank', 'settlement', 'settlement', -700);
INSERT INTO public.alarm VALUES ('ranch-1-1-1-0', 'demo-bank', 'ranch-1', 'cow-1', 'missing', 2, 'raised', 1772366400000, 1772366400000, NULL, NULL, NULL, NULL, 'detail');
INSERT INTO public.alarm_standing VALUES ('ranch-1', 'demo-bank', 1, 1);
INSERT INTO public.answer VALUES ('import', 'id-1', '\x01', 'first', 1772366400000);
INSERT INTO public.api_key VALUES ('\x010203', 'demo-bank', 'bank-officer', 'demo', 'ranch-1', NULL, NULL);
INSERT INTO public.asset VALUES ('cow-1', 'demo-bank', 'ranch-1', 'animal', 'cattle', 'angus', '{}', 1772366400000, NULL, NULL);
INSERT INTO public.audit OVERRIDING SYSTEM VALUE VALUES (1, 'demo-bank', 1772366400000, 'officer', 'draw', 'fac-1', '{}');
INSERT INTO public.binding OVERRIDING SYSTEM VALUE VALUES (1, 'demo-bank', 'cow-1', 'tag-1', 1772366400000, NULL, 'tagged');
INSERT INTO public.decision VALUES ('d-1', 'fac-1', 'demo-bank', 2, 'draw', 'accepted', '{}', '{}', 'officer', 1772366400000);
INSERT INTO public.device VALUES ('bs-1', 'demo-bank', 'ranch-1', 'base-station', 'pen-1', '$7$101$s$h', '{}', 1, 1, 1772366400000, 'officer');
INSERT INTO public.earmark_schema VALUES ('book', 1, 'register', '2026-11-22 22:14:48.796627+00');
INSERT INTO public.earmark_schema VALUES ('book', 2, 'ledger', '2026-11-22 22:14:48.796627+00');
INSERT INTO public.earmark_schema VALUES ('book', 3, 'lending', '2026-11-22 22:14:48.796627+00');
INSERT INTO public.earmark_schema VALUES ('book', 4, 'market', '2026-11-22 22:14:48.796627+00');
INSERT INTO public.earmark_schema VALUES ('book', 5, 'alarms', '2026-11-22 22:14:48.796627+00');
INSERT INTO public.earmark_schema VALUES ('book', 6, 'identity', '2026-11-22 22:14:48.796627+00');
INSERT INTO public.earmark_schema VALUES ('book', 7, 'index of active pledges', '2026-11-22 22:14:48.796627+00');
INSERT INTO public.earmark_schema VALUES ('orleans', 1, 'grain state', '2026-11-22 22:14:48.796627+00');
INSERT INTO public.earmark_schema VALUES ('orleans', 2, 'membership', '2026-11-22 22:14:48.796627+00');
INSERT INTO public.facility VALUES ('fac-1', 'demo-bank', 'borrower-1', 'Borrower', 'cattle-line', 100000000, 43500, '{}', 2, 1772366400000);
INSERT INTO public.institution VALUES ('demo-bank', '示范银行', 'Asia/Shanghai');
INSERT INTO public.loan VALUES ('l-1', 'fac-1', 'demo-bank', 700, 43500, '2026-03-01', 'feed supplier', '[]', '2026-03-01', 0, 'open');
INSERT INTO public.margin_call VALUES ('mc-1', 'fac-1', 'demo-bank', 'opened', 1772366400000, NULL, 700, 900, 777777, 100, 1772798400000, '[]');
INSERT INTO public.orleansquery VALUES ('ReadFromStorageKey', 'SELECT PayloadBinary, Version FROM OrleansStorage WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = coalesce(@GrainIdExtensionString::text, '''') AND ServiceId = @ServiceId');
INSERT INTO public.orleansquery VALUES ('WriteToStorageKey', 'WITH changed AS (
    INSERT INTO OrleansStorage AS o (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, Version)
    SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, coalesce(@GrainIdExtensionString::text, ''''), @ServiceId, @PayloadBinary, 1
    WHERE @GrainStateVersion::integer IS NULL OR EXISTS (SELECT 1 FROM OrleansStorage WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = coalesce(@GrainIdExtensionString::text, '''') AND ServiceId = @ServiceId AND Version = @GrainStateVersion::integer)
    ON CONFLICT (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId)
    DO UPDATE SET PayloadBinary = excluded.PayloadBinary, Version = o.Version + 1 WHERE o.Version = @GrainStateVersion::integer
    RETURNING Version)
SELECT coalesce((SELECT Version FROM changed), @GrainStateVersion::integer) AS NewGrainStateVersion');
INSERT INTO public.orleansquery VALUES ('ClearStorageKey', 'WITH changed AS (
    UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1 WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = coalesce(@GrainIdExtensionString::text, '''') AND ServiceId = @ServiceId AND Version = @GrainStateVersion::integer
    RETURNING Version)
SELECT coalesce((SELECT Version FROM changed), @GrainStateVersion::integer) AS NewGrainStateVersion');
INSERT INTO public.orleansquery VALUES ('DeleteStorageKey', 'WITH changed AS (
    DELETE FROM OrleansStorage WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = coalesce(@GrainIdExtensionString::text, '''') AND ServiceId = @ServiceId AND Version = @GrainStateVersion::integer
    RETURNING Version + 1 AS Version)
SELECT coalesce((SELECT Version FROM changed), @GrainStateVersion::integer) AS NewGrainStateVersion');
INSERT INTO public.orleansquery VALUES ('InsertMembershipVersionKey', 'WITH done AS (INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*)::integer FROM done');
INSERT INTO public.orleansquery VALUES ('InsertMembershipKey', 'WITH raised AS (UPDATE OrleansMembershipVersionTable SET Timestamp = now(), Version = Version + 1
WHERE DeploymentId = @DeploymentId AND Version = @Version AND NOT EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation) RETURNING 1), done AS (
    INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
    RETURNING 1)
SELECT count(*)::integer FROM done');
INSERT INTO public.orleansquery VALUES ('UpdateMembershipKey', 'WITH raised AS (UPDATE OrleansMembershipVersionTable SET Timestamp = now(), Version = Version + 1
WHERE DeploymentId = @DeploymentId AND Version = @Version AND EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation) RETURNING 1), done AS (
    UPDATE OrleansMembershipTable SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation AND EXISTS (SELECT 1 FROM raised)
    RETURNING 1)
SELECT count(*)::integer FROM done');
INSERT INTO public.orleansquery VALUES ('UpdateIAmAlivetimeKey', 'UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation');
INSERT INTO public.orleansquery VALUES ('MembershipReadRowKey', 'SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v LEFT JOIN OrleansMembershipTable m ON v.DeploymentId = m.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation WHERE v.DeploymentId = @DeploymentId');
INSERT INTO public.orleansquery VALUES ('MembershipReadAllKey', 'SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
FROM OrleansMembershipVersionTable v LEFT JOIN OrleansMembershipTable m ON v.DeploymentId = m.DeploymentId WHERE v.DeploymentId = @DeploymentId');
INSERT INTO public.orleansquery VALUES ('DeleteMembershipTableEntriesKey', 'DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId');
INSERT INTO public.orleansquery VALUES ('GatewaysQueryKey', 'SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0');
INSERT INTO public.orleansquery VALUES ('CleanupDefunctSiloEntriesKey', 'DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3');
INSERT INTO public.outbox VALUES ('e-1', 'demo-bank', 'margin-call-opened', 'mc-1', '{}', 1772366400000, 1772366400000, 0, '', NULL, NULL);
INSERT INTO public.person VALUES ('wang', 'demo-bank', 'borrower', 'Wang', 'hash', '', 'borrower-1');
INSERT INTO public.pledge OVERRIDING SYSTEM VALUE VALUES (1, 'demo-bank', 'fac-1', 'cow-1', 'ranch-1', 'ZD-1', 1772366400000, NULL);
INSERT INTO public.posting VALUES ('t-1', 0, 'demo-bank', 'loan-principal/l-1', 'l-1', 700);
INSERT INTO public.posting VALUES ('t-1', 1, 'demo-bank', 'settlement', 'settlement', -700);
INSERT INTO public.price VALUES ('demo-bank', 'cattle', '', 1, 2700000, 1772366400000);
INSERT INTO public.price_posting VALUES ('demo-bank', 1, 'p-1', '\x4c666bc9de5eb3852d08418f068acf2be90537118c8c75fdea427a6b489d7830', 'officer', 'market', 1772366400000);
INSERT INTO public.protection_key VALUES ('k-1', '<a/>');
INSERT INTO public.sign_in VALUES ('wang', 1, 1772366400000, NULL);
INSERT INTO public.site VALUES ('ranch-1', 'demo-bank', 1, 'Ranch', 'pen-1', 43.5, NULL);
INSERT INTO public.transfer VALUES ('t-1', 'demo-bank', 'draw', '2026-03-01', 1772366400000, 'officer', '\x9e8e4515cbdac251a5fa2bb9c42839d6e15de7a7a7a5bbe16534c70e25373611');
SELECT pg_catalog.setval('public.audit_audit_id_seq', 1, true);
SELECT pg_catalog.setval('public.binding_binding_id_seq', 1, true);
SELECT pg_catalog.setval('public.pledge_pledge_id_seq', 1, true);
ALTER TABLE ONLY public.account_balance
    ADD CONSTRAINT account_balance_pkey PRIMARY KEY (institution_id, account);
ALTER TABLE ONLY public.alarm
    ADD CONSTRAINT alarm_pkey PRIMARY KEY (alarm_id);
ALTER TABLE ONLY public.alarm_standing
    ADD CONSTRAINT alarm_standing_pkey PRIMARY KEY (site_id);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (scope, id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (key_hash);
ALTER TABLE ONLY public.asset
    ADD CONSTRAINT asset_pkey PRIMARY KEY (asset_id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (audit_id);
ALTER TABLE ONLY public.binding
    ADD CONSTRAINT binding_pkey PRIMARY KEY (binding_id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_facility_id_version_key UNIQUE (facility_id, version);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (decision_id);
ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_pkey PRIMARY KEY (device_id);
ALTER TABLE ONLY public.earmark_schema
    ADD CONSTRAINT earmark_schema_pkey PRIMARY KEY (store, version);
ALTER TABLE ONLY public.facility
    ADD CONSTRAINT facility_pkey PRIMARY KEY (facility_id);
ALTER TABLE ONLY public.institution
    ADD CONSTRAINT institution_pkey PRIMARY KEY (institution_id);
ALTER TABLE ONLY public.loan
    ADD CONSTRAINT loan_pkey PRIMARY KEY (loan_id);
ALTER TABLE ONLY public.margin_call
    ADD CONSTRAINT margin_call_pkey PRIMARY KEY (margin_call_id);
ALTER TABLE ONLY public.orleansmembershiptable
    ADD CONSTRAINT orleansmembershiptable_pkey PRIMARY KEY (deploymentid, address, port, generation);
ALTER TABLE ONLY public.orleansmembershipversiontable
    ADD CONSTRAINT orleansmembershipversiontable_pkey PRIMARY KEY (deploymentid);
ALTER TABLE ONLY public.orleansquery
    ADD CONSTRAINT orleansquery_pkey PRIMARY KEY (querykey);
ALTER TABLE ONLY public.orleansstorage
    ADD CONSTRAINT orleansstorage_pkey PRIMARY KEY (grainidhash, graintypehash, grainidn0, grainidn1, graintypestring, grainidextensionstring, serviceid);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (event_id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (user_name);
ALTER TABLE ONLY public.pledge
    ADD CONSTRAINT pledge_pkey PRIMARY KEY (pledge_id);
ALTER TABLE ONLY public.posting
    ADD CONSTRAINT posting_pkey PRIMARY KEY (transfer_id, line);
ALTER TABLE ONLY public.price
    ADD CONSTRAINT price_pkey PRIMARY KEY (institution_id, price_class, grade, version);
ALTER TABLE ONLY public.price_posting
    ADD CONSTRAINT price_posting_institution_id_posting_id_key UNIQUE (institution_id, posting_id);
ALTER TABLE ONLY public.price_posting
    ADD CONSTRAINT price_posting_pkey PRIMARY KEY (institution_id, version);
ALTER TABLE ONLY public.protection_key
    ADD CONSTRAINT protection_key_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_pkey PRIMARY KEY (user_name);
ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (site_id);
ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_pkey PRIMARY KEY (transfer_id);
CREATE INDEX account_of_owner ON public.account_balance USING btree (institution_id, owner);
CREATE INDEX alarm_of_institution ON public.alarm USING btree (institution_id, raised_at);
CREATE UNIQUE INDEX alarm_one_open ON public.alarm USING btree (site_id, subject, cause) WHERE (cleared_at IS NULL);
CREATE INDEX alarm_open_of_institution ON public.alarm USING btree (institution_id, severity, raised_at) WHERE (cleared_at IS NULL);
CREATE INDEX asset_of_site ON public.asset USING btree (institution_id, site_id, asset_id);
CREATE INDEX audit_of_institution ON public.audit USING btree (institution_id, audit_id);
CREATE INDEX audit_of_subject ON public.audit USING btree (institution_id, subject, audit_id);
CREATE INDEX binding_of_asset ON public.binding USING btree (asset_id, from_at);
CREATE INDEX binding_of_device ON public.binding USING btree (device_id, from_at);
CREATE UNIQUE INDEX binding_one_of_asset ON public.binding USING btree (asset_id) WHERE (until_at IS NULL);
CREATE UNIQUE INDEX binding_one_of_device ON public.binding USING btree (device_id) WHERE (until_at IS NULL);
CREATE INDEX device_of_site ON public.device USING btree (institution_id, site_id, device_id);
CREATE INDEX device_that_is_real ON public.device USING btree (device_id) WHERE (simulated = 0);
CREATE INDEX facility_of_institution ON public.facility USING btree (institution_id, facility_id);
CREATE INDEX loan_of_facility ON public.loan USING btree (facility_id, loan_id);
CREATE INDEX margin_call_of_institution ON public.margin_call USING btree (institution_id, opened_at);
CREATE UNIQUE INDEX margin_call_one_open ON public.margin_call USING btree (facility_id) WHERE (ended_at IS NULL);
CREATE INDEX outbox_due ON public.outbox USING btree (due_at) WHERE (done_at IS NULL);
CREATE INDEX person_of_institution ON public.person USING btree (institution_id, user_name);
CREATE INDEX pledge_active_by_site ON public.pledge USING btree (facility_id, site_id, pledged_at) WHERE (released_at IS NULL);
CREATE INDEX pledge_of_facility ON public.pledge USING btree (facility_id, asset_id);
CREATE UNIQUE INDEX pledge_one_active ON public.pledge USING btree (asset_id) WHERE (released_at IS NULL);
CREATE INDEX posting_of_account ON public.posting USING btree (institution_id, account);
CREATE INDEX sign_in_old ON public.sign_in USING btree (counted_from);
CREATE INDEX site_of_institution ON public.site USING btree (institution_id, site_id);
CREATE INDEX transfer_of_institution ON public.transfer USING btree (institution_id, recorded_at);
CREATE TRIGGER audit_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.audit_immutable();
CREATE TRIGGER decision_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.decision FOR EACH STATEMENT EXECUTE FUNCTION public.decision_immutable();
CREATE TRIGGER posting_before_its_transfer BEFORE INSERT ON public.posting FOR EACH ROW EXECUTE FUNCTION public.posting_before_its_transfer();
CREATE TRIGGER posting_counts AFTER INSERT ON public.posting FOR EACH ROW EXECUTE FUNCTION public.posting_counts();
CREATE TRIGGER posting_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.posting FOR EACH STATEMENT EXECUTE FUNCTION public.posting_immutable();
CREATE TRIGGER price_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.price FOR EACH STATEMENT EXECUTE FUNCTION public.price_immutable();
CREATE TRIGGER price_posting_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.price_posting FOR EACH STATEMENT EXECUTE FUNCTION public.price_posting_immutable();
CREATE TRIGGER transfer_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.transfer FOR EACH STATEMENT EXECUTE FUNCTION public.transfer_immutable();
CREATE TRIGGER transfer_sums_to_zero BEFORE INSERT ON public.transfer FOR EACH ROW EXECUTE FUNCTION public.transfer_sums_to_zero();
ALTER TABLE ONLY public.alarm
    ADD CONSTRAINT alarm_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.alarm_standing
    ADD CONSTRAINT alarm_standing_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.asset
    ADD CONSTRAINT asset_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.asset
    ADD CONSTRAINT asset_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.site(site_id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.binding
    ADD CONSTRAINT binding_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES public.asset(asset_id);
ALTER TABLE ONLY public.binding
    ADD CONSTRAINT binding_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES public.facility(facility_id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.device
    ADD CONSTRAINT device_site_id_fkey FOREIGN KEY (site_id) REFERENCES public.site(site_id);
ALTER TABLE ONLY public.facility
    ADD CONSTRAINT facility_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.loan
    ADD CONSTRAINT loan_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES public.facility(facility_id);
ALTER TABLE ONLY public.loan
    ADD CONSTRAINT loan_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.margin_call
    ADD CONSTRAINT margin_call_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES public.facility(facility_id);
ALTER TABLE ONLY public.margin_call
    ADD CONSTRAINT margin_call_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.orleansmembershiptable
    ADD CONSTRAINT orleansmembershiptable_deploymentid_fkey FOREIGN KEY (deploymentid) REFERENCES public.orleansmembershipversiontable(deploymentid);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.pledge
    ADD CONSTRAINT pledge_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES public.facility(facility_id);
ALTER TABLE ONLY public.pledge
    ADD CONSTRAINT pledge_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.posting
    ADD CONSTRAINT posting_transfer_id_fkey FOREIGN KEY (transfer_id) REFERENCES public.transfer(transfer_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.price
    ADD CONSTRAINT price_institution_id_version_fkey FOREIGN KEY (institution_id, version) REFERENCES public.price_posting(institution_id, version);
ALTER TABLE ONLY public.price_posting
    ADD CONSTRAINT price_posting_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
ALTER TABLE ONLY public.transfer
    ADD CONSTRAINT transfer_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES public.institution(institution_id);
