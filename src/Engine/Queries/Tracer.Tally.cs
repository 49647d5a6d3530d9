using System.Runtime.CompilerServices;

namespace Qipan.Engine;

public sealed unsafe partial class Tracer
{
    /// <summary>
    /// Counts episodes of one followed person. Whether somebody is new, or was met earlier than before, is as good as random: so there is
    /// arithmetic here and no branch. The caller sees to the room for new contacts, and takes over <see cref="Next"/> afterwards.
    /// </summary>
    ref struct Tally(Tracer tracer, uint via, bool inferred)
    {
        readonly uint* slots = tracer.slots.Start;
        readonly Contact* contacts = tracer.contacts.Start;
        readonly uint mark = inferred ? Contact.InferredBit : 0;

        /// <summary>Where the next new contact goes.</summary>
        public uint Next = tracer.next;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(uint visitor, long start, long end)
        {
            var slot = slots[visitor];
            var isNew = (slot - 1) >> 31;
            slot |= Next & (0 - isNew);
            Next += isNew;
            slots[visitor] = slot;
            var contact = contacts + slot;
            contact->Visitor = visitor;
            var sooner = start - contact->First;
            var isSooner = sooner >> 63;
            contact->First += sooner & isSooner;
            contact->Via ^= (contact->Via ^ via) & (uint)isSooner;
            if (sooner == 0 && via < contact->Via)
                contact->Via = via;
            var later = end - contact->Last;
            contact->Last += later & ~(later >> 63);
            contact->EpisodesAndMark = (contact->EpisodesAndMark + 1) | mark;
            contact->OverlapSeconds = (uint)Math.Min(uint.MaxValue, (ulong)contact->OverlapSeconds + (ulong)(end - start));
        }
    }
}
