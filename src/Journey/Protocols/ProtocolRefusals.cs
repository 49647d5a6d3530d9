using System.Globalization;
using Qipan.Kernel;

namespace Qipan.Protocols;

/// <summary>No protocol holds for this disease, place and date.</summary>
public sealed record NoProtocol(string Disease, string Place, DateOnly On) : Refusal("no_protocol", RefusalKind.NotFound,
    string.Create(CultureInfo.InvariantCulture, $"No protocol for {Disease} holds at {Place} on {On:yyyy-MM-dd}. Add one to the folder protocols of the data folder; `qipan protocol list` shows those there are."),
    string.Create(CultureInfo.InvariantCulture, $"{On:yyyy-MM-dd}，{Place}没有适用于{Disease}的规则。请在数据目录的protocols文件夹中添加；qipan protocol list可列出现有规则。"));

/// <summary>Protocols hold here, but none of them rules on this group of parameters.</summary>
public sealed record NoRule(string Disease, string Place, DateOnly On, string Group) : Refusal("no_rule", RefusalKind.NotFound,
    string.Create(CultureInfo.InvariantCulture, $"The protocols for {Disease} at {Place} on {On:yyyy-MM-dd} say nothing about {Group}. Add this group to a protocol of the deployment."),
    string.Create(CultureInfo.InvariantCulture, $"{On:yyyy-MM-dd}，{Place}适用于{Disease}的规则没有规定{Group}。请在本地规则中补充该组参数。"));

/// <summary>A decision names a protocol version that this deployment does not have.</summary>
public sealed record UnknownProtocol(string Version) : Refusal("unknown_protocol", RefusalKind.NotFound,
    $"There is no protocol {Version} here. Put its file back into the folder protocols: decisions were taken under it.",
    $"此处没有规则{Version}。请将该文件放回protocols文件夹：已有决定以其为依据。");
