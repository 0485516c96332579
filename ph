ñandú: cuatro palabras cortas
