namespace Qipan.Protocols;

/// <summary>Clinical classes 临床分型 and where each is treated (domain 2.4).</summary>
public sealed record SeverityRule : IRule
{
    public static string Key => "severity";

    public required IReadOnlyList<SeverityClass> Classes { get; init; }

    /// <summary>What sends somebody to a designated hospital whatever the class.</summary>
    public IReadOnlyList<string>? DesignatedHospitalIf { get; init; }
}

/// <param name="Code"><c>asymptomatic</c>, <c>mild</c>, <c>common</c>, <c>severe</c>, <c>critical</c>.</param>
/// <param name="Placement"><c>centralised</c> (方舱, 集中隔离点), <c>designated_hospital</c> or <c>home</c>.</param>
/// <param name="ReportedSeparately">True where it is no confirmed case in the figures.</param>
public sealed record SeverityClass(string Code, string Zh, string En, string Placement, bool ReportedSeparately = false);
