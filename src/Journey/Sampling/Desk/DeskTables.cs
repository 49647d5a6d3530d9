using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>The columns that <see cref="DeskSave"/> fills; the county comes with the row, because tables are made once.</summary>
static class DeskTables
{
    public static readonly Table<(string Owner, TubeRow Row)> Tubes = new("tube",
        new("owner", ColumnType.Text, t => t.Owner, Key: true),
        new("id", ColumnType.Uuid, t => t.Row.Id, Key: true),
        new("code", ColumnType.Text, t => t.Row.Code),
        new("round", ColumnType.Uuid, t => t.Row.Round),
        new("kind", ColumnType.Small, t => (short)t.Row.Kind),
        new("capacity", ColumnType.Small, t => (short)t.Row.Capacity),
        new("state", ColumnType.Small, t => (short)t.Row.State),
        new("opened_at", ColumnType.Big, t => t.Row.OpenedAt),
        new("opened_by", ColumnType.Uuid, t => t.Row.OpenedBy),
        new("session", ColumnType.Uuid, t => t.Row.Session),
        new("sealed_at", ColumnType.Big, t => t.Row.SealedAt),
        new("seal", ColumnType.Text, t => t.Row.Seal),
        new("box", ColumnType.Uuid, t => t.Row.Box),
        new("boxed_at", ColumnType.Big, t => t.Row.BoxedAt),
        new("count", ColumnType.Big, t => (long)t.Row.Count),
        new("conflict", ColumnType.Small, t => t.Row.Conflict ? (short)1 : (short)0),
        new("priority", ColumnType.Small, t => (short)t.Row.Priority),
        new("reject_reason", ColumnType.Small, t => (short)t.Row.RejectReason),
        new("holder", ColumnType.Text, t => t.Row.Holder),
        new("alert", ColumnType.Uuid, t => t.Row.Alert),
        new("updated_at", ColumnType.Big, t => t.Row.UpdatedAt));

    public static readonly Table<(string Owner, RegistrationRow Row)> Registrations = new("registration",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Row.Id, Key: true),
        new("round", ColumnType.Uuid, r => r.Row.Round),
        new("person", ColumnType.Uuid, r => r.Row.Person),
        new("person_owner", ColumnType.Text, r => r.Row.PersonOwner),
        new("tube", ColumnType.Uuid, r => r.Row.Tube),
        new("position", ColumnType.Small, r => (short)r.Row.Position),
        new("occurred_at", ColumnType.Big, r => r.Row.OccurredAt),
        new("corrected_at", ColumnType.Big, r => r.Row.At),
        new("specimen", ColumnType.Small, r => (short)r.Row.Specimen),
        new("session", ColumnType.Uuid, r => r.Row.Session),
        new("device", ColumnType.Uuid, r => r.Row.Device),
        new("id_method", ColumnType.Small, r => (short)r.Row.IdMethod),
        new("scope_version", ColumnType.Small, r => (short)r.Row.ScopeVersion),
        new("supplement", ColumnType.Small, r => r.Row.Supplement ? (short)1 : (short)0),
        new("duplicate", ColumnType.Small, r => r.Row.Duplicate ? (short)1 : (short)0),
        new("state", ColumnType.Small, r => (short)r.Row.State),
        new("void_reason", ColumnType.Text, r => r.Row.VoidReason),
        new("area", ColumnType.Text, r => r.Row.Area));

    public static readonly Table<(string Owner, Guid Id, bool Duplicate)> DuplicateFlags = new("registration",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("duplicate", ColumnType.Small, r => r.Duplicate));

    public static readonly Table<(string Owner, Guid Tube, FoldedEvent Event)> ChangedEvents = new("tube_event",
        new("owner", ColumnType.Text, e => e.Owner, Key: true),
        new("tube", ColumnType.Uuid, e => e.Tube, Key: true),
        new("id", ColumnType.Uuid, e => e.Event.Claim.Fact, Key: true),
        new("at", ColumnType.Big, e => e.Event.Claim.At),
        new("from_state", ColumnType.Small, e => e.Event.From),
        new("to_state", ColumnType.Small, e => e.Event.To));

    public static readonly Table<(string Owner, BoxRow Row)> Boxes = new("box",
        new("owner", ColumnType.Text, b => b.Owner, Key: true),
        new("id", ColumnType.Uuid, b => b.Row.Id, Key: true),
        new("code", ColumnType.Text, b => b.Row.Code),
        new("state", ColumnType.Small, b => b.Row.State),
        new("capacity", ColumnType.Big, b => b.Row.Capacity),
        new("opened_at", ColumnType.Big, b => b.Row.OpenedAt),
        new("opened_by", ColumnType.Uuid, b => b.Row.OpenedBy),
        new("closed_at", ColumnType.Big, b => b.Row.ClosedAt),
        new("seal", ColumnType.Text, b => b.Row.Seal),
        new("sent_at", ColumnType.Big, b => b.Row.SentAt),
        new("sent_by", ColumnType.Uuid, b => b.Row.SentBy),
        new("lab", ColumnType.Uuid, b => b.Row.Lab),
        new("courier", ColumnType.Text, b => b.Row.Courier),
        new("holder", ColumnType.Text, b => b.Row.Holder),
        new("conflict", ColumnType.Small, b => b.Row.Conflict),
        new("closed_twice", ColumnType.Small, b => b.Row.ClosedTwice));

    public static readonly Table<(string Owner, Guid Box, CustodyRow Row)> Custody = new("custody",
        new("owner", ColumnType.Text, c => c.Owner, Key: true),
        new("subject_kind", ColumnType.Text, _ => "box", Key: true),
        new("subject_id", ColumnType.Uuid, c => c.Box, Key: true),
        new("seq", ColumnType.Big, c => c.Row.Seq, Key: true),
        new("from_holder", ColumnType.Text, c => c.Row.FromHolder),
        new("to_holder", ColumnType.Text, c => c.Row.ToHolder),
        new("at", ColumnType.Big, c => c.Row.At),
        new("from_signature", ColumnType.Text, c => c.Row.FromSignature),
        new("to_signature", ColumnType.Text, c => c.Row.ToSignature),
        new("fact", ColumnType.Uuid, c => c.Row.Fact));

    public static readonly Table<(string Owner, SessionRow Row)> Sessions = new("sampling_session",
        new("owner", ColumnType.Text, s => s.Owner, Key: true),
        new("id", ColumnType.Uuid, s => s.Row.Id, Key: true),
        new("point", ColumnType.Uuid, s => s.Row.Point),
        new("round", ColumnType.Uuid, s => s.Row.Round),
        new("desk", ColumnType.Text, s => s.Row.Desk),
        new("collector", ColumnType.Text, s => s.Row.Collector),
        new("registrar", ColumnType.Text, s => s.Row.Registrar),
        new("device", ColumnType.Uuid, s => s.Row.Device),
        new("open_at", ColumnType.Big, s => s.Row.OpenAt),
        new("close_at", ColumnType.Big, s => s.Row.CloseAt));

    public static readonly Table<(string Owner, AntigenRow Row)> Antigens = new("antigen",
        new("owner", ColumnType.Text, a => a.Owner, Key: true),
        new("id", ColumnType.Uuid, a => a.Row.Id, Key: true),
        new("round", ColumnType.Uuid, a => a.Row.Round),
        new("person", ColumnType.Uuid, a => a.Row.Person),
        new("person_owner", ColumnType.Text, a => a.Row.PersonOwner),
        new("occurred_at", ColumnType.Big, a => a.Row.OccurredAt),
        new("corrected_at", ColumnType.Big, a => a.Row.At),
        new("result", ColumnType.Small, a => a.Row.Result),
        new("kit_lot", ColumnType.Text, a => a.Row.KitLot),
        new("self", ColumnType.Small, a => a.Row.Self),
        new("device", ColumnType.Uuid, a => a.Row.Device));
}
