namespace Qipan.Drill.City;

/// <summary>Invented Chinese names from common characters, and the other texts that a person carries.</summary>
static class Names
{
    // The commonest surnames by their share in the household registration of 2020 (Ministry of Public Security name report).
    static readonly string[] Families =
        ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "林", "郭", "何", "高", "罗", "金", "于", "韩", "曲"];

    const string Given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国志文海燕春梅雪松柏林山河江月星辰宇浩然子涵欣怡梓轩一诺思远";

    public static string Family(Random random) => Families[(int)(random.NextDouble() * random.NextDouble() * Families.Length)];

    public static string GivenName(Random random) => random.Next(4) == 0
        ? Given[random.Next(Given.Length)].ToString()
        : string.Concat(Given[random.Next(Given.Length)], Given[random.Next(Given.Length)]);

    /// <summary>An 11-digit number of the range 190 0000, which no carrier has given out.</summary>
    public static string Phone(int number) => $"1900{number:D7}";

    /// <summary>
    /// 17 digits and the check character of GB 11643-1999: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, remainder by 11 into
    /// 10X98765432. An odd 17th digit is male.
    /// </summary>
    public static string Document(string division, DateOnly birth, int sequence, int sex)
    {
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var order = (sequence % 500 * 2) + (sex == 1 ? 1 : 0);
        var digits = $"{division}{birth:yyyyMMdd}{order:D3}";
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += (digits[i] - '0') * weights[i];
        return digits + "10X98765432"[sum % 11];
    }

    /// <summary>A unified social credit code with a right check character, of a kind and division that no registry gives out.</summary>
    public static string CreditCode(int number)
    {
        var body = $"Y2990100MDR{number:D6}";
        return body + "0123456789ABCDEFGHJKLMNPQRTUWXY".First(check => Kernel.Codes.CreditCode.Parse(body + check).Ok);
    }
}
