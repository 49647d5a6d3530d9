using Qipan.Kernel;

namespace Qipan.Engine;

/// <summary>The leave lies before the enter.</summary>
public sealed record VisitInverted()
    : Refusal("visit_inverted", RefusalKind.Invalid,
        "The visit ends before it begins. Correct the times and send it again.", "离开时间早于进入时间，请更正后重新提交。");

/// <summary>Enter and leave are the same second.</summary>
public sealed record VisitZeroLength()
    : Refusal("visit_zero_length", RefusalKind.Invalid,
        "The visit ends in the second in which it begins. Leave the end empty if it is not known.", "进入与离开为同一秒；离开时间未知时请留空。");

/// <summary>An id or a time lies outside of what can be stored.</summary>
public sealed record VisitOutOfRange()
    : Refusal("visit_out_of_range", RefusalKind.Invalid,
        "The visit's ids or times are out of range: times lie between 1970 and 9999.", "编号或时间超出范围：时间须在1970年至9999年之间。");

/// <summary>The visit began before the retention limit; what was forgotten does not come back.</summary>
public sealed record VisitForgotten()
    : Refusal("visit_forgotten", RefusalKind.Invalid,
        "The visit began before the retention limit of this store and is not kept.", "该到访早于本库的保存期限，不再保存。");

/// <summary>A row of a file could not be read as a visit.</summary>
public sealed record VisitUnreadable(string What)
    : Refusal("visit_unreadable", RefusalKind.Invalid, $"The row is not a visit: {What}.", $"该行不是有效的到访记录：{What}。");

/// <summary>Another process, or another part of this one, has the store open for writing.</summary>
public sealed record StoreInUse(string Folder)
    : Refusal("presence_store_in_use", RefusalKind.Conflict,
        $"The presence store {Folder} is open for writing elsewhere. Close it there, or open it for reading.",
        $"到访库 {Folder} 正被其他程序写入；请先关闭，或以只读方式打开。");

/// <summary>There is no store in this folder.</summary>
public sealed record StoreNotThere(string Folder)
    : Refusal("presence_store_not_there", RefusalKind.NotFound,
        $"There is no presence store in {Folder}. Load visits first.", $"{Folder} 中没有到访库，请先导入到访记录。");

/// <summary>The disk refused to take more; nothing of this batch is kept, readers go on, and the batch may be sent again.</summary>
public sealed record StoreCannotWrite(string What)
    : Refusal("presence_store_cannot_write", RefusalKind.Busy,
        $"The visits could not be written: {What}. Nothing of this batch was kept; make room and send it again.",
        $"写入失败：{What}。本批未保存，请腾出空间后重新提交。");

/// <summary>An outside id that the store has never seen.</summary>
public sealed record IdUnknown(string What)
    : Refusal("presence_id_unknown", RefusalKind.NotFound, $"The store has never seen this {What}.", $"到访库中没有此{What}。");
