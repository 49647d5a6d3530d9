using System.Text;
using System.Text.RegularExpressions;
using Qipan.Cases;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Qipan.Tracing;
using Xunit;

namespace Qipan.Conformance.Cases;

[Trait("area", "cases")]
public sealed partial class KeepItineraryTests
{
    const string County = "990102";
    const string No = "990102-2022-00017";
    const string Text = "3月24日 21:30—22:11 在松岭服务区休息，未戴口罩；3月25日至27日在家；3月28日乘坐G8099次列车（车座05车001D）到江北区，天色昏暗；2月32日到云州市医院就诊；3月30日到云州市医院就诊。";

    static readonly Keyring Keys = Keyring.Of(new string('5', 64));

    static readonly (string Owner, string Code, string? Parent, short Level, string Name)[] Places =
    [
        ("000000", "99", null, 1, "演练省"),
        ("000000", "9901", "99", 2, "演练市"),
        (County, County, "9901", 3, "江北区"),
    ];

    static readonly Guid Venue = new("018f0000-0000-7000-8000-000000000001");

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task What_was_read_is_kept_once_with_its_words_its_places_and_what_was_not_understood(StoreKind kind)
    {
        await using var test = await Open(kind);
        var store = test.Store;
        var matcher = new PlaceMatcher(store.Read(s => (List<PlaceCandidate>)[.. PlaceCandidates.Load(s, [County]),
            .. VenueCandidates.Load(s, [County])]));
        Assert.Equal("演练省 演练市 江北区 松岭服务区", matcher.Match("松岭服务区").Chosen!.Candidate.FullName);
        var read = ItineraryReader.Read(Text, new ReadingDays(new DateOnly(2022, 4, 1)));
        var places = read.Persons[0].Stays.Where(s => s.Place is not null && s.PlaceKind == PlaceKind.Named)
            .Select(s => (s.Place, matcher.Match(s.Place!).Chosen)).Where(p => p.Chosen is not null)
                .ToDictionary(p => p.Place!, p => p.Chosen!.Candidate.Code);
        Assert.Equal(["松岭服务区", "江北区"], places.Keys);
        var handler = new KeepItineraryHandler(store, Keys, LocalDays.China);
        var command = new KeepItinerary(No, Text, read, 0, places);
        var kept = await handler.Handle(command, Actor.System);
        Assert.True(kept.Ok, kept.Refusal?.Sentence);
        Assert.Equal((3, false), (kept.Value.Stays, kept.Value.Had));

        var items = store.Read(s => s.Query<Item>("SELECT * FROM itinerary_item ORDER BY seq"));
        Assert.Equal(["2022-03-24", "2022-03-25", "2022-03-28"], items.Select(i => i.OnDay));
        Assert.Equal(At(24, 21, 30), items[0].FromAt);
        Assert.Equal(At(24, 22, 11), items[0].ToAt);
        Assert.Equal((Venue, null, (short)2, (short)6), (items[0].Venue, items[0].Place, items[0].Protection, items[0].Source));
        // Days without a time are whole days: to the end of the last.
        Assert.Equal((At(25, 0, 0), At(28, 0, 0), (short)9, "家"), (items[1].FromAt, items[1].ToAt, items[1].DayPart, items[1].PlaceText));
        Assert.Equal((County, "G8099", "5", "1", "D"), (items[2].Place, items[2].VehicleNo, items[2].Coach, items[2].SeatRow,
            items[2].Seat));
        Assert.Equal("在松岭服务区休息", Text[(int)items[0].WordsFrom..(int)items[0].WordsTo].Split(' ')[2].Split('，')[0]);
        var unread = store.Read(s => s.Query<string>("SELECT reason FROM itinerary_unread ORDER BY seq"));
        // Nobody was anywhere tomorrow: that stay is not dropped, it stands among what somebody has to look at.
        Assert.Equal(["DayMissing", "NoSuchTime", "NothingKnown", "stay_in_future"], unread.Order());
        var body = store.Read(s => s.Query<byte[]>("SELECT body FROM itinerary_text")).Single();
        Assert.DoesNotContain("松岭", Encoding.UTF8.GetString(body));
        Assert.Equal(Text, Keys.Open(County, body).Reveal(Disclosure.ForProcessing));

        Assert.True((await handler.Handle(command, Actor.System)).Value.Had);
        Assert.Equal(3, store.Read(s => s.Scalar<long>("SELECT count(*) FROM itinerary_item")));
        Assert.Contains(store.Read(s => s.Query<string>("SELECT action FROM trail")), a => a == "keep_itinerary");
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task An_unknown_case_and_an_investigator_of_another_county_are_refused(StoreKind kind)
    {
        await using var test = await Open(kind);
        var handler = new KeepItineraryHandler(test.Store, Keys, LocalDays.China);
        var command = new KeepItinerary(No, Text, ItineraryReader.Read(Text, new ReadingDays(new DateOnly(2022, 4, 1))), 0,
            new Dictionary<string, string>());
        Assert.Equal("case_unknown", (await handler.Handle(command with { CaseNo = "990102-2022-00099" }, Actor.System)).Refusal?.Code);
        Caller Investigator(string territory) => new(new Actor(ActorKind.Staff, Guid.Empty), default, territory,
            [new Grant(Role.Investigator, territory)]);
        Assert.Equal("not_allowed", (await handler.Handle(command, Investigator("990103"))).Refusal?.Code);
        Assert.True((await handler.Handle(command, Investigator(County))).Ok);
    }

    static long At(int day, int hour, int minute) => new DateTimeOffset(2022, 3, day, hour, minute, 0, TimeSpan.FromHours(8))
        .ToUnixTimeMilliseconds();

    static async Task<TestStore> Open(StoreKind kind)
    {
        var test = await TestStores.Open(kind, new FakeClock(DateTimeOffset.FromUnixTimeMilliseconds(At(28, 20, 0))), RegistersModule.Schema, CasesModule.Schema, TracingModule.Schema);
        var made = await test.Store.Write(new WriteScope(Actor.System, "000000", County), session =>
        {
            foreach (var (owner, code, parent, level, name) in Places)
                session.Execute("INSERT INTO place (owner, code, parent, level, name, official) VALUES (@owner, @code, @parent, @level, @name, 0)",
                    new { owner, code, parent, level, name });
            session.Execute("""
                INSERT INTO venue (owner, id, name, name_key, category, place, state, created_at)
                VALUES (@County, @Venue, '松岭服务区', '松岭服务区', 'x', @County, 1, 0)
                """, new { County, Venue });
            session.Execute(InsertCase(), new { id = session.NewId() });
            return Outcome.Done;
        });
        Assert.True(made.Ok);
        return test;
    }

    /// <summary>A case of which only the number matters: every column that must be filled holds its type's zero.</summary>
    static string InsertCase()
    {
        using var reader = new StreamReader(typeof(CasesModule).Assembly.GetManifestResourceStream("0001_cases.sql")!);
        var table = reader.ReadToEnd().Split("CREATE TABLE case_record (")[1].Split("PRIMARY KEY")[0];
        var columns = NotNull().Matches(table).Select(m => (Name: m.Groups["name"].Value, Type: m.Groups["type"].Value)).ToList();
        var values = columns.Select(c => c.Name switch
        {
            "id" or "person" => "@id",
            "owner" or "person_owner" => $"'{County}'",
            "no" => $"'{No}'",
            _ => c.Type == "text" ? "''" : "0",
        });
        return $"INSERT INTO case_record ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ({string.Join(", ", values)})";
    }

    [GeneratedRegex(@"^\s+(?<name>\w+)\s+(?<type>\w+)\s+NOT NULL", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotNull();

    sealed class Item
    {
        public string OnDay { get; init; } = "";

        public long? FromAt { get; init; }

        public long? ToAt { get; init; }

        public short DayPart { get; init; }

        public string? Place { get; init; }

        public Guid? Venue { get; init; }

        public string PlaceText { get; init; } = "";

        public string? VehicleNo { get; init; }

        public string? Coach { get; init; }

        public string? SeatRow { get; init; }

        public string? Seat { get; init; }

        public short Protection { get; init; }

        public short Source { get; init; }

        public long WordsFrom { get; init; }

        public long WordsTo { get; init; }
    }
}
