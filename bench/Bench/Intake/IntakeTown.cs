using System.Globalization;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Bench.Intake;

/// <summary>
/// The county of the intake benchmark: persons with ID numbers of a division that was never given out (P-31), a round under way, and
/// devices, each in a community of its own. Both processes know it by its numbers.
/// </summary>
static class IntakeTown
{
    public const string County = "220290";

    /// <summary>Persons that one community has; ids of neighbours lie together, as after an import.</summary>
    public const int PerCommunity = 2_500;

    const int Unit = 20_000;

    public static readonly Guid Round = new("01990000-0001-7000-8000-000000000001");

    static readonly Guid Lab = new("01990000-0002-7000-8000-000000000001");

    public static string Community(int n) => string.Create(CultureInfo.InvariantCulture, $"{County}{n / 20 % 20 + 1:D3}{n % 20 + 1:D3}");

    public static string DocNo(int person)
    {
        var birth = new DateOnly(1930, 1, 1).AddDays(person % 33_000);
        var digits = string.Create(CultureInfo.InvariantCulture, $"{County}{birth:yyyyMMdd}{person / 33_000:D3}");
        return digits + IdNumber.CheckOf(digits);
    }

    public static Guid Person(int n) => new($"01980000-{n >> 12:x4}-7{n & 0xfff:x3}-8000-{Mixed(n):x12}");

    public static string Residence(int n) => $"{Community(n / PerCommunity)}.c01.b{n / 60 % 40:D2}.u1.{n / 3 % 20:D2}01";

    static long Mixed(int n) => (long)((ulong)n * 0x9E37_79B9_7F4A_7C15UL >> 16);

    /// <summary>Persons, documents, the round and a laboratory. Not timed.</summary>
    public static async Task Stage(Store store, Keyring keys, int persons)
    {
        var scope = new WriteScope(Actor.System, County);
        async Task Write(Func<WriteSession, int> work) => _ = (await store.Write(scope, s => Outcome.Of(work(s)))).Value;
        foreach (var chunk in Enumerable.Range(0, persons).Chunk(Unit))
        {
            var documents = chunk.AsParallel().AsOrdered().Select(n => (Person: Person(n), Number: DocNo(n)))
                .Select(p => (p.Person, Key: DocumentKeys.Of(keys, DocType.IdCard, p.Number), Sealed: keys.Seal(County, Personal.Of(p.Number)), Masked: DocumentKeys.Masked(p.Number))).ToList();
            await Write(s => s.Insert(Persons, chunk) + s.Insert(Documents, documents));
        }
        var start = store.Clock.GetUtcNow().AddHours(-20);
        await Write(s => s.Execute("""
            INSERT INTO round (owner, id, no, name, disease, protocol, scope, scope_version, window_start, window_end, due_at, strategy, pool_policy,
              pooled_due_hours, single_due_hours, resample_due_hours, state, created_at, published_at)
            VALUES (@County, @Round, 1, 'Round', 'COVID-19', 'CN-COVID-8@1', '["220290"]', 1, @start, @end, @end, 1, '{"default":"10"}', 24, 6, 24, 3, @start, @start)
            """, new { County, Round, start, end = start.AddDays(2) })
            + s.Execute("INSERT INTO round_scope (owner, round, version, scope, at, actor, reason) VALUES (@County, @Round, 1, '[\"220290\"]', @start, 'system', '')",
                new { County, Round, start })
            + s.Execute("INSERT INTO org_unit (owner, id, kind, name, territory, state) VALUES (@County, @Lab, 5, 'Laboratory', @County, 1)", new { County, Lab })
            + (s.Kind == StoreKind.Postgres ? s.Execute("ANALYZE person; ANALYZE person_document") : 0));
    }

    /// <summary>Tokens of devices, registered as an administrator would.</summary>
    public static async Task<List<string>> Devices(Store store, int devices)
    {
        var administrator = new Caller(new Actor(ActorKind.Staff, Lab), new UnitId(Lab), County, [new Grant(Role.Administrator, County)]);
        var handler = new RegisterDeviceHandler(store);
        var tokens = new List<string>(devices);
        for (var n = 0; n < devices; n++)
            tokens.Add((await handler.Handle(administrator, new RegisterDevice($"desk {n}", DeviceKind.Phone, new UnitId(Lab), Community(n), Role.Sampler))).Value.Token);
        return tokens;
    }

    static readonly Table<int> Persons = new("person",
        new("owner", ColumnType.Text, _ => County, Key: true), new("id", ColumnType.Uuid, n => Person(n), Key: true), new("name", ColumnType.Text, _ => "某某"),
        new("name_key", ColumnType.Text, n => $"k{n % 5000}"), new("sex", ColumnType.Small, n => 1 + (n & 1)),
        new("birth", ColumnType.Text, n => new DateOnly(1930, 1, 1).AddDays(n % 33_000)),
        new("residence", ColumnType.Text, Residence), new("special_groups", ColumnType.Big, _ => 0),
        new("confidence", ColumnType.Small, _ => 1), new("present_kind", ColumnType.Small, _ => 1), new("present_owner", ColumnType.Text, _ => County),
        new("present_since", ColumnType.Big, _ => 0), new("version", ColumnType.Big, _ => 1), new("created_at", ColumnType.Big, _ => 0),
        new("source", ColumnType.Text, _ => "bench"));

    static readonly Table<(Guid Person, Guid Key, byte[] Sealed, string Masked)> Documents = new("person_document",
        new("owner", ColumnType.Text, _ => County, Key: true), new("doc_key", ColumnType.Uuid, d => d.Key, Key: true), new("person", ColumnType.Uuid, d => d.Person),
        new("doc_type", ColumnType.Small, _ => 1), new("sealed", ColumnType.Bytes, d => d.Sealed), new("masked", ColumnType.Text, d => d.Masked));
}
