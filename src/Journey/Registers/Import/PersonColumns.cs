using Qipan.Kernel;

namespace Qipan.Registers;

/// <summary>Which column of a persons file is what, by its header in either language (docs/formats/persons-csv.md).</summary>
sealed class PersonColumns
{
    static readonly (string[] Names, Action<PersonDraft, string> Set)[] Known =
    [
        (["name", "姓名"], (d, v) => d.Name = v),
        (["sex", "gender", "性别"], (d, v) => d.Sex = v),
        (["birth", "birth_date", "date_of_birth", "出生日期", "出生年份"], (d, v) => d.Birth = v),
        (["doc_type", "证件类型"], (d, v) => d.DocType = v),
        (["doc_no", "id_number", "证件号码", "证件号", "身份证号", "身份证号码"], (d, v) => d.DocNo = v),
        (["phone", "phones", "mobile", "电话", "手机", "手机号", "联系电话"], (d, v) => d.Phones = v),
        (["residence", "residence_code", "现住地编码", "现住地", "居住地编码"], (d, v) => d.Residence = v),
        (["household", "household_no", "户号"], (d, v) => d.Household = v),
        (["registered_division", "户籍地", "户籍"], (d, v) => d.RegisteredDivision = v),
        (["workplace", "school", "工作单位", "单位", "学校"], (d, v) => d.Workplace = v),
        (["risk_post", "风险岗位"], (d, v) => d.RiskPost = v),
        (["special_groups", "重点人群"], (d, v) => d.SpecialGroups = v),
        (["guardian_doc_no", "guardian", "监护人证件号码", "监护人身份证号"], (d, v) => d.GuardianDocNo = v),
    ];

    readonly List<(int Column, Action<PersonDraft, string> Set)> setters = [];

    /// <summary>Reads the header; unknown columns are left out. A name and a residence there must be.</summary>
    public static Outcome<PersonColumns> Of(CsvRows header)
    {
        var columns = new PersonColumns();
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            var title = header[i].Trim('\ufeff', ' ').ToLowerInvariant();
            var known = Array.Find(Known, k => k.Names.Contains(title, StringComparer.Ordinal));
            if (known.Names is not null && found.Add(known.Names[0]))
                columns.setters.Add((i, known.Set));
        }
        return found.Contains("name") && found.Contains("residence") ? columns : new ImportColumnsUnknown("name 姓名, residence 现住地编码");
    }

    /// <summary>Fills the draft from the row that was just read.</summary>
    public void Read(CsvRows row, PersonDraft draft)
    {
        draft.Clear();
        foreach (var (column, set) in setters)
            set(draft, row[column]);
    }
}
