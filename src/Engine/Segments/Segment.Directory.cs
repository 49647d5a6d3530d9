using System.Runtime.CompilerServices;
using Qipan.Engine.Kernels;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine.Segments;

sealed unsafe partial class Segment
{
    readonly KeyDirectory visitorDirectory;
    readonly KeyDirectory placeDirectory;

    /// <summary>Finds where the rows of an id begin and end.</summary>
    readonly struct KeyDirectory(Segment segment, Section section, DirectoryKind kind, uint keys)
    {
        readonly uint* words = (uint*)(segment.start + segment.Header.OffsetOf(section));

        public uint Keys => keys;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Find(uint id, out uint from, out uint to)
        {
            if (kind != DirectoryKind.Dense)
                return FindSparse(id, out from, out to);
            if (id >= keys)
            {
                from = to = 0;
                return false;
            }
            segment.Check((byte*)(words + id), 8);
            from = words[id];
            to = words[id + 1];
            return from < to;
        }

        /// <summary>Asks for what <see cref="Find"/> will read.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void FetchSoon(uint id)
        {
            if (id < keys)
                Fetch.Soon(words + id);
        }

        /// <summary>The k-th key of the directory, present or not.</summary>
        public void At(uint k, out uint id, out uint from, out uint to)
        {
            var starts = kind == DirectoryKind.Dense ? words : words + keys;
            segment.Check((byte*)(starts + k), 8);
            from = starts[k];
            to = starts[k + 1];
            if (kind == DirectoryKind.Sparse)
                segment.Check((byte*)(words + k), 4);
            id = kind == DirectoryKind.Dense ? k : words[k];
        }

        /// <summary>The first key whose id is not less.</summary>
        public uint FirstKey(uint id)
        {
            if (kind == DirectoryKind.Dense)
                return Math.Min(id, keys);
            uint low = 0, high = keys;
            while (low < high)
            {
                var middle = (low + high) / 2;
                segment.Check((byte*)(words + middle), 4);
                if (words[middle] < id)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }

        bool FindSparse(uint id, out uint from, out uint to)
        {
            var low = FirstKey(id);
            from = to = 0;
            if (low >= keys)
                return false;
            At(low, out var found, out from, out to);
            return found == id;
        }
    }
}
