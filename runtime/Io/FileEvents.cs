using System;

namespace ScopedTasks;

/// <summary>What a file is ready for, in the words of epoll.</summary>
[Flags]
internal enum FileEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Something can be read, or the end.</summary>
    Readable = 0x1,

    /// <summary>Something urgent has come, at which reading stops once.</summary>
    Urgent = 0x2,

    /// <summary>Something can be written.</summary>
    Writable = 0x4,

    /// <summary>It has failed.</summary>
    Failed = 0x8,

    /// <summary>It is closed at both ends.</summary>
    HungUp = 0x10,

    /// <summary>The other side will write nothing any more.</summary>
    ReadHungUp = 0x2000,

    /// <summary>Tells once, until it is asked again.</summary>
    Once = 0x40000000,

    /// <summary>Tells when that changes, not while it is so.</summary>
    Changes = unchecked((int)0x80000000),

    /// <summary>What ends waiting for something to read.</summary>
    EndsReading = Readable | ReadHungUp | HungUp | Failed,

    /// <summary>What ends waiting for room to write.</summary>
    EndsWriting = Writable | HungUp | Failed,
}
