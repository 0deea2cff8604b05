é = 'ü'; return é
