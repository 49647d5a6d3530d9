using System.Diagnostics;
using System.Globalization;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Bench.Persons;

/// <summary>
/// `search [--persons 1000000] [--each 200] [--postgres "Host=…"] [--folder DIR]`: pages of 50 by each way of asking, through the use case: found, allowed,
/// written into the access log and masked. Beside it, for names, what one writes first: LIKE '%…%' over the table, without any of that.
/// </summary>
static class SearchRun
{
    static readonly Caller Officer = new(new Actor(ActorKind.Staff, new Guid(1, 0, 0, new byte[8])), new UnitId(Guid.Empty), BenchTown.County,
        [new Grant(Role.RoundOfficer, BenchTown.County)]);

    public static async Task<int> Run(string[] args)
    {
        await using var town = await BenchTown.Open(args);
        var each = int.Parse(BenchTown.Option(args, "--each") ?? "200", CultureInfo.InvariantCulture);
        var search = new FindPersonsHandler(town.Store, town.Keys, new PersonViews(new RegistersSettings(), LocalDays.China));
        var random = new Random(20220321);
        var names = town.Store.Read(s => s.Query<string>("SELECT name FROM person WHERE owner = @County ORDER BY id LIMIT 20000", new { BenchTown.County }));
        var documents = town.Store.Read(s => Numbers(s, town.Keys, "person_document"));
        var phones = town.Store.Read(s => Numbers(s, town.Keys, "person_phone"));
        string Name() => names[random.Next(names.Count)];
        string Sound(string name) => string.Concat(Pinyin.Syllables(NameKeys.Of(name)).Select(Pinyin.Word));
        (string What, Func<FindPersons> Ask, Func<string>? Like)[] ways =
        [
            ("a whole name", () => new FindPersons(Name: Name()), Name),
            ("a family name", () => new FindPersons(Name: Name()[..1]), () => Name()[..1]),
            ("the last character", () => new FindPersons(Name: Name()[^1..]), () => Name()[^1..]),
            ("all but the first character", () => new FindPersons(Name: Name()[1..]), () => Name()[1..]),
            ("pinyin", () => new FindPersons(Name: Sound(Name())), null),
            ("the beginning of pinyin", () => new FindPersons(Name: Sound(Name())[..3]), null),
            ("initials", () => new FindPersons(Name: string.Concat(Pinyin.Syllables(NameKeys.Of(Name())).Select(x => Pinyin.Word(x)[0]))), null),
            ("a name that nobody has", () => new FindPersons(Name: Name() + "龘"), () => Name() + "龘"),
            ("a document", () => new FindPersons(Document: documents[random.Next(documents.Count)]), null),
            ("a phone", () => new FindPersons(Phone: phones[random.Next(phones.Count)]), null),
        ];
        Console.WriteLine();
        Console.WriteLine("| asked for | p50 ms | p95 ms | slowest ms | found on the page | LIKE '%…%', p50 ms | p95 ms |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (what, ask, like) in ways)
        {
            var (times, found) = (new List<double>(each), 0L);
            for (var i = 0; i < each + 5; i++)
            {
                var query = ask() with { Purpose = Purpose.Testing };
                var started = Stopwatch.GetTimestamp();
                var page = (await search.Handle(query, Officer)).Value;
                if (i >= 5)
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                found += page.Items.Count;
            }
            var plain = new List<double>();
            for (var i = 0; like is not null && i < 10; i++)
            {
                var pattern = "%" + like() + "%";
                var started = Stopwatch.GetTimestamp();
                _ = town.Store.Read(s => s.Query<Guid>("SELECT id FROM person WHERE owner = @County AND name LIKE @pattern ORDER BY name, id LIMIT 50", new { BenchTown.County, pattern }));
                plain.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {what} | {At(times, 0.5):N1} | {At(times, 0.95):N1} | {times.Max():N1} | {(double)found / (each + 5):N1} | {(plain.Count == 0 ? "-" : At(plain, 0.5).ToString("N1", CultureInfo.InvariantCulture))} | {(plain.Count == 0 ? "-" : At(plain, 0.95).ToString("N1", CultureInfo.InvariantCulture))} |"));
        }
        return 0;
    }

    static List<string> Numbers(Session session, Keyring keys, string table) => session.Query<byte[]>($"SELECT sealed FROM {table} WHERE owner = @County LIMIT 5000", new { BenchTown.County })
        .ConvertAll(box => keys.Open(BenchTown.County, box).Reveal(Disclosure.ForProcessing));

    static double At(List<double> times, double share) => times.Order().ElementAt((int)(share * (times.Count - 1)));
}
