-- Devices, the batches they send as they were sent, and every fact with its two times and its verdict.

CREATE TABLE device (
  owner           text     NOT NULL,
  id              uuid     NOT NULL,
  label           text     NOT NULL,   -- what stands on its sticker, never a person's name
  kind            smallint NOT NULL,   -- DeviceKind
  unit            uuid     NOT NULL,
  territory       text     NOT NULL,   -- place prefix, county or finer
  role            smallint NOT NULL,
  token_hash      uuid     NOT NULL,   -- first 16 bytes of the SHA-256 of the token; the token itself is nowhere
  registered_at   bigint   NOT NULL,
  registered_by   text     NOT NULL,
  revoked_at      bigint,
  last_seen       bigint,
  clock_offset_ms bigint   NOT NULL,   -- device's clock minus ours, as last measured
  PRIMARY KEY (owner, id)
);
CREATE UNIQUE INDEX device_token ON device (token_hash);

CREATE TABLE submission (
  owner           text     NOT NULL,
  id              uuid     NOT NULL,   -- minted by the device
  device          uuid     NOT NULL,
  received_at     bigint   NOT NULL,
  sent_at         bigint   NOT NULL,   -- by the device's clock
  clock_offset_ms bigint   NOT NULL,
  mode            smallint NOT NULL,   -- 1 live, 2 report
  row_count       bigint   NOT NULL,
  hash            text     NOT NULL,   -- as sent, and checked
  body            bytea    NOT NULL,   -- the batch as sent, deflate
  accepted        bigint   NOT NULL,
  had             bigint   NOT NULL,
  refused         bigint   NOT NULL,
  PRIMARY KEY (owner, id)
);
CREATE INDEX submission_device ON submission (device, received_at);

CREATE TABLE fact (
  owner        text     NOT NULL,
  id           uuid     NOT NULL,      -- minted by the device, version 7
  submission   uuid     NOT NULL,
  ordinal      bigint   NOT NULL,      -- 0-based place in the submission's body
  kind         text     NOT NULL,
  subject      uuid,                   -- the tube, box or session that it speaks of; null where it was refused
  occurred_at  bigint   NOT NULL,      -- as the device claims
  corrected_at bigint   NOT NULL,      -- minus the device's clock offset
  received_at  bigint   NOT NULL,
  late         smallint NOT NULL,
  verdict      smallint NOT NULL,      -- 1 accepted, 3 refused
  code         text,                   -- refusal code, or the flags it was accepted with
  PRIMARY KEY (owner, id)
) /*sqlite WITHOUT ROWID*/;
