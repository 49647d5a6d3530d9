using System.Diagnostics;
using System.Globalization;
using Qipan.Bench.PersonsImport;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Bench.Persons;

/// <summary>
/// The invented county of <see cref="PersonsFile"/>, imported by the program's own import; and one in two hundred a second time without a document:
/// a third as heard, a third with a digit of the birth wrong and the same phone, a third as they are.
/// `--folder DIR` keeps it, and takes it from there again.
/// </summary>
sealed class BenchTown : IAsyncDisposable
{
    public const string County = "990102";

    static readonly RegistersSettings Settings = new();

    readonly string? remove;

    BenchTown(Store store, Keyring keys, string? remove) => (Store, Keys, this.remove) = (store, keys, remove);

    public Store Store { get; }

    public Keyring Keys { get; }

    public static async Task<BenchTown> Open(string[] args)
    {
        var persons = int.Parse(Option(args, "--persons") ?? "1000000", NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var kept = Option(args, "--folder");
        var folder = kept ?? Directory.CreateTempSubdirectory("qipan-bench-persons-").FullName;
        Directory.CreateDirectory(folder);
        var store = await Stores.Open(new StorageSettings { Folder = folder, Connection = Option(args, "--postgres") ?? "" }, TimeProvider.System, RegistersModule.Schema);
        var town = new BenchTown(store, Keyring.Open(folder), kept is null ? folder : null);
        if (store.Read(s => s.Scalar<long>("SELECT count(*) FROM person")) == 0)
            await town.Settle(persons, folder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{store.Kind}, {store.Read(s => s.Scalar<long>("SELECT count(*) FROM person")):N0} persons, {store.SizeInBytes() / 1e6:N0} MB, {Environment.ProcessorCount} cores, .NET {Environment.Version}"));
        return town;
    }

    public static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (remove is not null)
            Directory.Delete(remove, recursive: true);
    }

    async Task Settle(int persons, string folder)
    {
        string[] codes = ["99", "9901", County, .. PersonsFile.Communities().Select(c => c[..9]).Distinct(), .. PersonsFile.Communities()];
        await Store.Write(new WriteScope(Actor.System, WriteScope.Deployment, County), s => Outcome.Of(s.Insert(Place.Rows, [.. codes.Select(c => new Place { Code = c, Name = c })])));
        var file = Path.Combine(folder, "persons.csv");
        PersonsFile.Write(file, persons, seed: 20220321);
        var started = Stopwatch.GetTimestamp();
        var report = (await new ImportPersonsHandler(Store, Keys, Settings, LocalDays.China).Handle(new ImportPersons(file), Actor.System)).Value;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"imported {report.Accepted:N0} in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s ({report.Rows / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} rows/s), {report.Parked:N0} pairs parked by the import"));
        File.Delete(file);
        var again = Store.Read(s => s.Query<PersonRow>("SELECT * FROM person ORDER BY id")).Where((_, i) => i % 200 == 0).ToList();
        foreach (var unit in again.Chunk(2_000))
            await Store.Write(new WriteScope(Actor.System, County), s => Outcome.Of(Second(s, unit)));
    }

    static int Second(WriteSession session, PersonRow[] rows)
    {
        var copies = rows.Select((row, i) =>
        {
            var name = i % 3 == 0 ? Heard(row.Name) : row.Name;
            var birth = i % 3 == 1 && row.Birth is { Length: 10 } day ? day[..9] + (char)('0' + (day[9] - '0' + 1) % 10) : row.Birth;
            return (Old: row, New: row with { Id = session.NewId(), Name = name, NameKey = NameKeys.Of(name), Birth = birth, Version = 1, CreatedAt = session.Now, Source = "desk" });
        }).ToList();
        session.Insert(PersonRow.Rows, copies.ConvertAll(c => c.New));
        session.Insert(StayRow.Rows, copies.ConvertAll(c => StayRow.First(c.New)));
        NameTerms.Keep(session, copies.Select(c => (c.New.Owner, c.New.Name, c.New.NameKey)));
        var phones = session.Query<PhoneRow>($"SELECT * FROM person_phone WHERE owner = @County AND person {session.InIds("ids")}",
            new { County, ids = session.Keys(copies.Select(c => c.Old.Id)) }).ToLookup(p => p.Person);
        session.Insert(PhoneRow.Rows, copies.SelectMany((c, i) => i % 3 == 1 ? phones[c.Old.Id].Select(p => p with { Person = c.New.Id }) : []).ToList());
        return copies.Count;
    }

    /// <summary>The last character written as another one that sounds the same.</summary>
    static string Heard(string name)
    {
        var sound = Pinyin.Of(name[^1]);
        for (var c = '\u4e00'; c <= '\u9fff'; c++)
            if (c != name[^1] && sound != 0 && Pinyin.Of(c) == sound)
                return name[..^1] + c;
        return name;
    }
}
