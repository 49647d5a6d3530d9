using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Protocols;

public sealed class PackTests
{
    public static TheoryData<string> Names => [.. ProtocolPacks.Names];

    [Theory, MemberData(nameof(Names))]
    public void Every_pack_is_without_a_finding(string name)
    {
        var file = CheckProtocol.Of(name, ProtocolPacks.Read(name));
        Assert.True(file.Findings.Count == 0, string.Join("\n", file.Findings));
        var version = file.Protocol!.Version;
        Assert.Equal(version.Version == 1 ? $"protocols/{version.Id}.yaml" : $"protocols/{version.Id}-v{version.Version}.yaml", name);
    }

    [Fact]
    public void The_exercise_protocol_is_without_a_finding_and_is_loaded_only_where_it_was_written()
    {
        var file = CheckProtocol.Of("exercise", ExerciseProtocol.Read());
        Assert.True(file.Findings.Count == 0, string.Join("\n", file.Findings));
        Assert.Equal(ExerciseProtocol.Version, file.Protocol!.Version);
        Assert.False(ProtocolBook.Load().Value.Find(ExerciseProtocol.Version).Ok);

        using var folder = new TempFolder();
        ExerciseProtocol.WriteTo(folder.Path);
        ExerciseProtocol.WriteTo(folder.Path);
        var ruling = ProtocolBook.Load(folder.Path).Value.Resolve("COVID-19", "220204001001.c03.b11", new DateOnly(2026, 3, 20)).Value;
        Assert.Equal(ExerciseProtocol.Version, ruling.SuspectPool.Value.Version);
        Assert.Equal(ExerciseProtocol.Version, ruling.Pool.Value.Version);
        Assert.Equal(ExerciseProtocol.Version, ruling.Testing.Value.Version);
        Assert.Equal(ExerciseProtocol.Version, ruling.Strategies.Value.Version);
    }

    [Fact]
    public void All_the_packs_that_were_asked_for_are_there()
    {
        var book = ProtocolBook.Load().Value;
        string[] asked =
        [
            "CN-COVID-8@1", "CN-COVID-9@1", "CN-COVID-20-MEASURES@1", "CN-COVID-10-MEASURES@1", "CN-TREATMENT-9@1", "CN-TESTING-2@1",
            "CN-TESTING-3@1", "WHO-MEASLES@1", "WHO-EBOLA@1", "WHO-MERS@1", "WHO-CHOLERA@1", "CN-SHANGHAI-2022@1",
        ];
        Assert.Empty(asked.Except(book.All.Select(p => p.Version.ToString())));
    }

    [Fact]
    public void A_copy_of_a_pack_in_the_folder_changes_nothing_and_an_edited_one_is_refused_with_both_names()
    {
        using var folder = new TempFolder();
        var copy = Path.Combine(folder.Path, "mine.yaml");
        File.WriteAllBytes(copy, ProtocolPacks.Read("protocols/CN-COVID-8.yaml"));
        Assert.True(ProtocolBook.Load(folder.Path).Ok);

        File.AppendAllText(copy, "# edited\n");
        var refusal = Assert.IsType<ProtocolsRefused>(ProtocolBook.Load(folder.Path).Refusal);
        Assert.Equal(2, refusal.Findings.Count);
        Assert.All(refusal.Findings, f => Assert.Equal("duplicate_id", f.Code));
        Assert.Equal(["protocols/CN-COVID-8.yaml", copy], refusal.Findings.Select(f => f.File)
            .OrderByDescending(f => f.Length < copy.Length));
        Assert.All(refusal.Findings, f => Assert.True(f.Sentence.Contains("mine.yaml")
            || f.Sentence.Contains("protocols/CN-COVID-8.yaml")));
    }
}
