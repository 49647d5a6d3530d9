using Qipan.Storage;

namespace Qipan.Cases.Reading;

/// <summary>The rows that a text leaves beside its stays: the sealed text, and what was not understood.</summary>
static class KeptRows
{
    public static readonly Table<TextRow> Texts = new("itinerary_text",
        new("owner", ColumnType.Text, r => r.Owner, Key: true), new("id", ColumnType.Uuid, r => r.Id, Key: true),
            new("case_id", ColumnType.Uuid, r => r.Case),
        new("body", ColumnType.Bytes, r => r.Body), new("at", ColumnType.Big, r => r.At), new("actor", ColumnType.Text, r => r.Actor));

    public static readonly Table<UnreadRow> Unread = new("itinerary_unread",
        new("owner", ColumnType.Text, r => r.Owner, Key: true), new("text_id", ColumnType.Uuid, r => r.Text, Key: true),
        new("seq", ColumnType.Big, r => r.Seq, Key: true), new("words_from", ColumnType.Big, r => (long)r.Words.From),
        new("words_to", ColumnType.Big, r => (long)r.Words.To), new("reason", ColumnType.Text, r => r.Reason));

    public sealed record TextRow(string Owner, Guid Id, Guid Case, byte[] Body, DateTimeOffset At, string Actor);

    public sealed record UnreadRow(string Owner, Guid Text, long Seq, TextWords Words, string Reason);
}
