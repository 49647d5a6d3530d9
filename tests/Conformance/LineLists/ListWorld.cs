using Qipan.Cases;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.LineLists;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.LineLists;

/// <summary>An empty store into which lists are imported, and a folder for their files. Persons of written lists are invented.</summary>
sealed class ListWorld : IAsyncDisposable
{
    public const string County = "990102";

    readonly TestStore test;

    ListWorld(TestStore test, FakeClock clock, int unitRows)
    {
        (this.test, Clock) = (test, clock);
        Folder = Directory.CreateTempSubdirectory("qipan-lists-").FullName;
        Keyring = Keyring.Open(test.Settings.Folder);
        Book = new MappingBook(Path.Combine(Folder, "mappings"));
        Protocols = LoadProtocols.From((string?)null).Value;
        Import = new ImportLineListHandler(Store, Keyring, Protocols, new CaseWork(Protocols, LocalDays.China, new CasesSettings()), new TracingSettings(),
            new RegistersSettings(), new LineListsSettings { UnitRows = unitRows }, LocalDays.China);
    }

    public FakeClock Clock { get; }

    public Store Store => test.Store;

    public string Folder { get; }

    public Keyring Keyring { get; }

    public MappingBook Book { get; }

    public ProtocolBook Protocols { get; }

    public ImportLineListHandler Import { get; }

    public static async Task<ListWorld> Open(StoreKind kind, int unitRows = 2_000)
    {
        var clock = new FakeClock();
        return new ListWorld(await TestStores.Open(kind, clock,
            RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema, SamplingModule.Schema, LaboratoryModule.Schema, CasesModule.Schema,
            TracingModule.Schema, LineListsModule.Schema), clock, unitRows);
    }

    /// <summary>Imports a file of the shared real data, of which a copy is made: what is refused stands beside it.</summary>
    public Task<ListReport> Real(string file, string mapping, string? place = null, bool dryRun = false)
    {
        var copy = Path.Combine(Folder, file);
        File.Copy(Registers.RealData.File(Path.Combine("linelists", file)), copy, overwrite: true);
        File.SetAttributes(copy, FileAttributes.Normal);
        return Run(copy, Book.Named(mapping).Value, place, dryRun);
    }

    public async Task<ListReport> Run(string path, ListMapping mapping, string? place = County, bool dryRun = false, Caller? caller = null)
    {
        var outcome = await Import.Handle(new ImportLineList(path, mapping, place, dryRun, FirstRows: 1_000), Actor.System, caller);
        Assert.True(outcome.Ok, outcome.Refusal?.Code);
        return outcome.Value;
    }

    /// <summary>A list of the test's own, through a mapping of its own.</summary>
    public Task<ListReport> Text(string text, ListMapping mapping, bool dryRun = false, string name = "list.csv") => Run(Write(text, name), mapping, dryRun: dryRun);

    public string Write(string text, string name = "list.csv")
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    public static ListMapping Mapping(string yaml)
    {
        var found = ReadMapping.Of("test.yaml", System.Text.Encoding.UTF8.GetBytes(yaml.ReplaceLineEndings("\n")));
        Assert.True(found.Mapping is not null, string.Join('\n', found.Findings));
        return found.Mapping;
    }

    public ChainReport Chains(string disease) => Store.Read(s => new ChainGraphs(LocalDays.China).All(s, "", disease));

    public CaseRow Case(string no) => Store.Read(s => s.One<CaseRow>("SELECT * FROM case_record WHERE outside_no = @no", new { no }))!;

    public long Count(string table) => Store.Read(s => s.Scalar<long>($"SELECT count(*) FROM {table}"));

    /// <summary>What is kept agrees with what the facts say.</summary>
    public void AssertVerified() => Assert.Empty(Store.Read(s => new VerifyLineLists().Verify(s, new Tally()).Concat(new VerifyCases().Verify(s, new Tally()))
        .Concat(new VerifyRegisters().Verify(s, new Tally()))
        .Concat(new VerifyTracing(new ContactWork(Protocols, LocalDays.China, new TracingSettings()), Protocols).Verify(s, new Tally())).ToList()));

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
