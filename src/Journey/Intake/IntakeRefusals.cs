using Qipan.Kernel;

namespace Qipan.Intake;

/// <summary>The body is no batch.</summary>
public sealed record BatchUnreadable(string Where, string ChineseWhere) : Refusal("batch_unreadable", RefusalKind.Invalid,
    $"The batch cannot be read: {Where}. Send UTF-8 JSON as docs/formats/intake.md says; nothing was taken.",
    $"批次无法读取：{ChineseWhere}。请按接口文档以 UTF-8 JSON 发送；本次未接收任何数据。");

/// <summary>Row count or hash say that something was lost on the way (INV-49).</summary>
public sealed record BatchTruncated(int Announced, int Counted) : Refusal("batch_truncated", RefusalKind.Invalid,
    $"The batch announces {Announced} facts and holds {Counted}, or its hash is another. Nothing was taken; send the whole batch again.",
    $"批次声明 {Announced} 条、实收 {Counted} 条，或校验和不符。本次未接收任何数据，请重发整个批次。");

/// <summary>The batch id was used for other content.</summary>
public sealed record BatchChanged() : Refusal("batch_changed", RefusalKind.Conflict,
    "A batch with this id was received with other content, or from another device. Nothing was taken; send these facts in a new batch.",
    "该批次编号已用于其他内容或其他设备。本次未接收任何数据，请以新的批次编号发送。");

/// <summary>More than is read at once.</summary>
public sealed record BatchTooLarge(string Limit) : Refusal("batch_too_large", RefusalKind.TooLarge,
    $"The batch is larger than {Limit}. Nothing was taken; send it in smaller batches.",
    $"批次超过上限（{Limit}）。本次未接收任何数据，请拆分后发送。");

/// <summary>Not a device, or one that was revoked meanwhile.</summary>
public sealed record DeviceRevoked() : Refusal("device_revoked", RefusalKind.NotSignedIn,
    "Facts are taken only from a registered device that was not revoked. Keep the facts on the device and ask the administrator for a new token.",
    "仅接收已登记且未吊销的设备上传的数据。请保留设备中的数据，并向管理员申请新的令牌。");

/// <summary>No device of this id here.</summary>
public sealed record DeviceUnknown() : Refusal("device_unknown", RefusalKind.NotFound,
    "There is no such device in this county. Take it from the list of devices.",
    "本县（区）没有该设备，请从设备列表中选择。");

/// <summary>A device belongs to one county.</summary>
public sealed record TerritoryTooWide() : Refusal("territory_too_wide", RefusalKind.Invalid,
    "A device works within one county: give a place code of at least six digits.",
    "设备仅限在一个县（区）内使用，请填写至少六位的地点编码。")
{
    public static TerritoryTooWide Here { get; } = new() { Field = "territory" };
}

/// <summary>Devices send facts; they do not command.</summary>
public sealed record RoleNotForDevices() : Refusal("role_not_for_devices", RefusalKind.Invalid,
    "A device may hold the role of a sampler, a courier or a technician and no other.",
    "设备只能具有采样员、转运员或检验员角色。");

/// <summary>A device without a label cannot be found again.</summary>
public sealed record LabelMissing() : Refusal("label_missing", RefusalKind.Invalid,
    "Give the device a label of 1 to 60 characters, such as the number on its sticker; never a person's name.",
    "请填写1至60个字符的设备标签（如设备编号），不得使用人名。");

/// <summary>The fact's id is none.</summary>
public sealed record FactIdInvalid() : Refusal("fact_id_invalid", RefusalKind.Invalid,
    "A fact's id is a UUID of version 7, minted by the device when the fact happened.",
    "事实编号应为设备在事实发生时生成的第7版 UUID。");

/// <summary>Nobody here judges facts of this kind.</summary>
public sealed record FactKindUnknown() : Refusal("fact_kind_unknown", RefusalKind.Invalid,
    "This kind of fact is not known here. The fact was kept as sent; update the server or correct the kind.",
    "未知的事实类型。原文已保留，请升级服务器或更正类型。");

/// <summary>No usable time.</summary>
public sealed record FactTimeMissing() : Refusal("fact_time_missing", RefusalKind.Invalid,
    "A fact says when it happened: occurredAt, ISO 8601 with an offset, between 2000 and 2100.",
    "事实须注明发生时间 occurredAt（带时区的 ISO 8601 格式，2000至2100年之间）。");

/// <summary>A field is missing or wrong.</summary>
public sealed record FactFieldInvalid(string Name, string Why, string ChineseWhy) : Refusal("fact_field_invalid", RefusalKind.Invalid,
    $"The field {Name} {Why}. Correct the fact and send it under a new id.", $"字段 {Name} {ChineseWhy}。请更正后以新的编号发送。");
