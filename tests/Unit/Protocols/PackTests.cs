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
        Assert.StartsWith($"protocols/{file.Protocol!.Version.Id}", name);
    }
}
